package io.riacho.firehose.catalog;

import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.glue.model.CreateDatabaseRequest;
import software.amazon.awssdk.services.glue.model.CreateDatabaseResponse;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.DatabaseInput;
import software.amazon.awssdk.services.glue.model.DeleteDatabaseRequest;
import software.amazon.awssdk.services.glue.model.DeleteDatabaseResponse;
import software.amazon.awssdk.services.glue.model.GetDatabaseRequest;
import software.amazon.awssdk.services.glue.model.GetDatabaseResponse;
import software.amazon.awssdk.services.glue.model.GetDatabasesRequest;
import software.amazon.awssdk.services.glue.model.GetDatabasesResponse;
import software.amazon.awssdk.services.glue.model.ResourceShareType;

/** The operations on databases. */
public final class DatabaseOperations {

    private final CatalogNames names;
    private final CatalogStore store;
    private final Definitions definitions;
    private final InstantSource clock;

    DatabaseOperations(CatalogNames names, CatalogStore store, Definitions definitions, InstantSource clock) {
        this.names = names;
        this.store = store;
        this.definitions = definitions;
        this.clock = clock;
    }

    public CreateDatabaseResponse createDatabase(CreateDatabaseRequest request) {
        names.requireOwn(request.catalogId());
        if (request.hasTags() && !request.tags().isEmpty()) {
            throw CatalogErrors.unsupported("Tags");
        }
        DatabaseInput input = request.databaseInput();
        byte[] definition = definitions.kept(input);
        store.createDatabase(new StoredDatabase(CatalogNames.folded(input.name()), definition, clock.instant()));
        return CreateDatabaseResponse.builder().build();
    }

    public GetDatabaseResponse getDatabase(GetDatabaseRequest request) {
        names.requireOwn(request.catalogId());
        String name = CatalogNames.folded(request.name());
        StoredDatabase found = store.database(name).orElseThrow(() -> CatalogErrors.noDatabase(name));
        return GetDatabaseResponse.builder().database(definitions.told(found)).build();
    }

    public GetDatabasesResponse getDatabases(GetDatabasesRequest request) {
        names.requireOwn(request.catalogId());
        if (request.hasAttributesToGet() && !request.attributesToGet().isEmpty()) {
            throw CatalogErrors.unsupported("AttributesToGet");
        }
        if (request.resourceShareType() != null && request.resourceShareType() != ResourceShareType.ALL) {
            throw CatalogErrors.unsupported("A ResourceShareType other than ALL");
        }
        Page<StoredDatabase> page = store.databases(Page.after(request.nextToken()), Page.limit(request.maxResults()));
        List<Database> databases = page.items().stream().map(definitions::told).toList();
        return GetDatabasesResponse.builder()
                .databaseList(databases)
                .nextToken(page.token())
                .build();
    }

    public DeleteDatabaseResponse deleteDatabase(DeleteDatabaseRequest request) {
        names.requireOwn(request.catalogId());
        String name = CatalogNames.folded(request.name());
        if (!store.deleteDatabase(name)) {
            throw CatalogErrors.noDatabase(name);
        }
        return DeleteDatabaseResponse.builder().build();
    }
}
