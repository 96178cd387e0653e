package io.riacho.firehose.catalog;

import io.riacho.protocol.RequestContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.glue.model.CreateTableRequest;
import software.amazon.awssdk.services.glue.model.CreateTableResponse;
import software.amazon.awssdk.services.glue.model.DeleteTableRequest;
import software.amazon.awssdk.services.glue.model.DeleteTableResponse;
import software.amazon.awssdk.services.glue.model.GetTableRequest;
import software.amazon.awssdk.services.glue.model.GetTableResponse;
import software.amazon.awssdk.services.glue.model.GetTableVersionRequest;
import software.amazon.awssdk.services.glue.model.GetTableVersionResponse;
import software.amazon.awssdk.services.glue.model.GetTableVersionsRequest;
import software.amazon.awssdk.services.glue.model.GetTableVersionsResponse;
import software.amazon.awssdk.services.glue.model.GetTablesRequest;
import software.amazon.awssdk.services.glue.model.GetTablesResponse;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.TableVersion;
import software.amazon.awssdk.services.glue.model.UpdateTableRequest;
import software.amazon.awssdk.services.glue.model.UpdateTableResponse;

/** The operations on tables and their versions. The first version of a table is 0. */
public final class TableOperations {

    private final CatalogNames names;
    private final CatalogStore store;
    private final Definitions definitions;
    private final InstantSource clock;

    TableOperations(CatalogNames names, CatalogStore store, Definitions definitions, InstantSource clock) {
        this.names = names;
        this.store = store;
        this.definitions = definitions;
        this.clock = clock;
    }

    public CreateTableResponse createTable(CreateTableRequest request, RequestContext context) {
        names.requireOwn(request.catalogId());
        refuse(request.hasPartitionIndexes() && !request.partitionIndexes().isEmpty(), "PartitionIndexes");
        refuse(request.transactionId() != null, "TransactionId");
        refuse(request.openTableFormatInput() != null, "OpenTableFormatInput");
        TableInput input = request.tableInput();
        requireSameName(request.name(), input);
        Instant now = clock.instant();
        store.createTable(new StoredTable(
                CatalogNames.folded(request.databaseName()),
                CatalogNames.folded(input.name()),
                0,
                definitions.kept(input),
                now,
                context.principalArn(),
                now));
        return CreateTableResponse.builder().build();
    }

    public UpdateTableResponse updateTable(UpdateTableRequest request) {
        names.requireOwn(request.catalogId());
        refuse(request.transactionId() != null, "TransactionId");
        refuse(request.viewUpdateAction() != null, "ViewUpdateAction");
        refuse(Boolean.TRUE.equals(request.force()), "Force");
        refuse(request.updateOpenTableFormatInput() != null, "UpdateOpenTableFormatInput");
        TableInput input = request.tableInput();
        requireSameName(request.name(), input);
        String database = requireDatabase(request.databaseName());
        store.updateTable(
                database,
                CatalogNames.folded(input.name()),
                definitions.kept(input),
                request.versionId() == null ? null : version(request.versionId()),
                !Boolean.TRUE.equals(request.skipArchive()),
                clock.instant());
        return UpdateTableResponse.builder().build();
    }

    public GetTableResponse getTable(GetTableRequest request) {
        names.requireOwn(request.catalogId());
        refuse(request.transactionId() != null, "TransactionId");
        refuse(request.queryAsOfTime() != null, "QueryAsOfTime");
        refuse(request.auditContext() != null, "AuditContext");
        refuse(Boolean.TRUE.equals(request.includeStatusDetails()), "IncludeStatusDetails");
        return GetTableResponse.builder()
                .table(definitions.told(table(request.databaseName(), request.name())))
                .build();
    }

    public GetTablesResponse getTables(GetTablesRequest request) {
        names.requireOwn(request.catalogId());
        refuse(request.transactionId() != null, "TransactionId");
        refuse(request.queryAsOfTime() != null, "QueryAsOfTime");
        refuse(request.auditContext() != null, "AuditContext");
        refuse(Boolean.TRUE.equals(request.includeStatusDetails()), "IncludeStatusDetails");
        refuse(request.expression() != null && !request.expression().isEmpty(), "Expression");
        refuse(request.hasAttributesToGet() && !request.attributesToGet().isEmpty(), "AttributesToGet");
        String database = requireDatabase(request.databaseName());
        Page<StoredTable> page =
                store.tables(database, Page.after(request.nextToken()), Page.limit(request.maxResults()));
        List<Table> tables = page.items().stream().map(definitions::told).toList();
        return GetTablesResponse.builder()
                .tableList(tables)
                .nextToken(page.token())
                .build();
    }

    public DeleteTableResponse deleteTable(DeleteTableRequest request) {
        names.requireOwn(request.catalogId());
        refuse(request.transactionId() != null, "TransactionId");
        String database = requireDatabase(request.databaseName());
        String name = CatalogNames.folded(request.name());
        if (!store.deleteTable(database, name)) {
            throw CatalogErrors.noTable(name);
        }
        return DeleteTableResponse.builder().build();
    }

    public GetTableVersionResponse getTableVersion(GetTableVersionRequest request) {
        names.requireOwn(request.catalogId());
        refuse(request.auditContext() != null, "AuditContext");
        StoredTable table = table(request.databaseName(), request.tableName());
        String asked = request.versionId();
        StoredTable found = asked == null
                ? table
                : store.version(table.database(), table.name(), version(asked))
                        .orElseThrow(() -> CatalogErrors.noVersion(asked));
        return GetTableVersionResponse.builder()
                .tableVersion(definitions.toldVersion(found))
                .build();
    }

    public GetTableVersionsResponse getTableVersions(GetTableVersionsRequest request) {
        names.requireOwn(request.catalogId());
        refuse(request.auditContext() != null, "AuditContext");
        StoredTable table = table(request.databaseName(), request.tableName());
        String after = Page.after(request.nextToken());
        Page<StoredTable> page = store.versions(
                table.database(),
                table.name(),
                after.isEmpty() ? Long.MAX_VALUE : version(after),
                Page.limit(request.maxResults()));
        List<TableVersion> versions =
                page.items().stream().map(definitions::toldVersion).toList();
        return GetTableVersionsResponse.builder()
                .tableVersions(versions)
                .nextToken(page.token())
                .build();
    }

    private StoredTable table(String askedDatabase, String askedName) {
        String database = requireDatabase(askedDatabase);
        String name = CatalogNames.folded(askedName);
        return store.table(database, name).orElseThrow(() -> CatalogErrors.noTable(name));
    }

    private String requireDatabase(String asked) {
        String database = CatalogNames.folded(asked);
        if (store.database(database).isEmpty()) {
            throw CatalogErrors.noDatabase(database);
        }
        return database;
    }

    private static void requireSameName(@Nullable String name, TableInput input) {
        if (name != null && !CatalogNames.folded(name).equals(CatalogNames.folded(input.name()))) {
            throw CatalogErrors.invalid("Name and TableInput.Name differ; a table cannot be renamed.");
        }
    }

    static long version(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw CatalogErrors.noVersion(text);
        }
    }

    private static void refuse(boolean isGiven, String member) {
        if (isGiven) {
            throw CatalogErrors.unsupported(member);
        }
    }
}
