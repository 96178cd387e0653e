package io.riacho.firehose.catalog;

import io.riacho.protocol.OperationAccess;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.glue.model.CreateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.glue.model.DeleteDatabaseRequest;
import software.amazon.awssdk.services.glue.model.DeleteTableRequest;
import software.amazon.awssdk.services.glue.model.GetDatabaseRequest;
import software.amazon.awssdk.services.glue.model.GetDatabasesRequest;
import software.amazon.awssdk.services.glue.model.GetTableRequest;
import software.amazon.awssdk.services.glue.model.GetTableVersionRequest;
import software.amazon.awssdk.services.glue.model.GetTableVersionsRequest;
import software.amazon.awssdk.services.glue.model.GetTablesRequest;
import software.amazon.awssdk.services.glue.model.UpdateTableRequest;

/**
 * Who asks for a table needs the permission on it, on its database and on the catalog; who deletes a database, on all
 * tables in it, too.
 *
 * @see <a href="https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html">Specifying AWS Glue
 *     resource ARNs</a>
 */
final class CatalogAccess implements OperationAccess {

    private static final String ALL = "*";

    private final CatalogNames names;

    CatalogAccess(CatalogNames names) {
        this.names = names;
    }

    @Override
    public void check(String operation, SdkPojo input, RequestContext context) {
        switch (input) {
            case GetDatabasesRequest _ -> database(operation, ALL, context);
            case GetDatabaseRequest request -> database(operation, request.name(), context);
            case CreateDatabaseRequest request ->
                database(operation, request.databaseInput().name(), context);
            case DeleteDatabaseRequest request -> table(operation, request.name(), ALL, context);
            case GetTablesRequest request -> table(operation, request.databaseName(), ALL, context);
            case CreateTableRequest request -> {
                if (request.tableInput() == null) {
                    throw CatalogErrors.invalid("TableInput is required.");
                }
                table(operation, request.databaseName(), request.tableInput().name(), context);
            }
            case UpdateTableRequest request -> {
                if (request.tableInput() == null) {
                    throw CatalogErrors.invalid("TableInput is required.");
                }
                table(operation, request.databaseName(), request.tableInput().name(), context);
            }
            case GetTableRequest request -> table(operation, request.databaseName(), request.name(), context);
            case DeleteTableRequest request -> table(operation, request.databaseName(), request.name(), context);
            case GetTableVersionRequest request ->
                table(operation, request.databaseName(), request.tableName(), context);
            case GetTableVersionsRequest request ->
                table(operation, request.databaseName(), request.tableName(), context);
            default -> throw new IllegalStateException("Nobody decides about " + operation);
        }
    }

    private void table(String operation, String database, String table, RequestContext context) {
        database(operation, database, context);
        require(operation, names.tableArn(CatalogNames.folded(database), CatalogNames.folded(table)), context);
    }

    private void database(String operation, String database, RequestContext context) {
        require(operation, names.catalogArn(), context);
        require(operation, names.databaseArn(CatalogNames.folded(database)), context);
    }

    private void require(String operation, String arn, RequestContext context) {
        context.require(Permission.of("glue:" + operation, arn, names.accountId()));
    }
}
