package io.riacho.firehose.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.riacho.protocol.AwsException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.firehose.model.SchemaConfiguration;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.ConcurrentModificationException;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GlueException;
import software.amazon.awssdk.services.glue.model.InvalidInputException;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;
import software.amazon.awssdk.services.glue.model.TableVersion;

@SuppressWarnings("NullAway.Init")
class CatalogTest {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static CatalogServer server;
    private static GlueClient glue;

    private String database;

    @BeforeAll
    static void startServer() {
        server = new CatalogServer();
        glue = server.client();
    }

    @AfterAll
    static void stopServer() {
        glue.close();
        server.close();
    }

    @BeforeEach
    void makeDatabase() {
        database = "database" + NUMBERS.incrementAndGet();
        glue.createDatabase(request -> request.databaseInput(
                input -> input.name(database).description("of a test").parameters(Map.of("team", "blue"))));
    }

    @Test
    void aDatabaseIsToldAsItWasMade() {
        Database told = glue.getDatabase(request -> request.name(database)).database();

        assertThat(told.name()).isEqualTo(database);
        assertThat(told.description()).isEqualTo("of a test");
        assertThat(told.parameters()).containsEntry("team", "blue");
        assertThat(told.catalogId()).isEqualTo(CatalogServer.ACCOUNT);
        assertThat(told.createTime()).isNotNull();
    }

    @Test
    void aTableIsToldAsItWasMade() {
        create(table("Clicks", column("Id", "bigint"), column("at", "timestamp"))
                .partitionKeys(column("day", "string"))
                .parameters(Map.of("classification", "parquet"))
                .tableType("EXTERNAL_TABLE")
                .build());

        Table told = glue.getTable(request -> request.databaseName(database).name("CLICKS"))
                .table();

        assertThat(told.name()).isEqualTo("clicks");
        assertThat(told.databaseName()).isEqualTo(database);
        assertThat(told.versionId()).isEqualTo("0");
        assertThat(told.tableType()).isEqualTo("EXTERNAL_TABLE");
        assertThat(told.storageDescriptor().columns())
                .extracting(Column::name, Column::type)
                .containsExactly(tuple("Id", "bigint"), tuple("at", "timestamp"));
        assertThat(told.partitionKeys()).extracting(Column::name).containsExactly("day");
        assertThat(told.createdBy()).startsWith("arn:aws:iam::" + CatalogServer.ACCOUNT);
    }

    @Test
    void aChangedTableHasANewVersionAndKeepsTheOld() {
        create(table("t", column("a", "int")).build());

        update(table("t", column("a", "int"), column("b", "string")).build());

        List<TableVersion> versions = glue.getTableVersions(
                        request -> request.databaseName(database).tableName("t"))
                .tableVersions();
        assertThat(versions).extracting(TableVersion::versionId).containsExactly("1", "0");
        assertThat(versions)
                .extracting(
                        version -> version.table().storageDescriptor().columns().size())
                .containsExactly(2, 1);
        assertThat(glue.getTableVersion(request ->
                                request.databaseName(database).tableName("t").versionId("0"))
                        .tableVersion()
                        .table()
                        .storageDescriptor()
                        .columns())
                .hasSize(1);
    }

    @Test
    void whoChangesAnOlderVersionIsTold() {
        create(table("t", column("a", "int")).build());
        update(table("t", column("b", "int")).build());

        assertThatThrownBy(() -> glue.updateTable(request -> request.databaseName(database)
                        .versionId("0")
                        .tableInput(table("t", column("c", "int")).build())))
                .isInstanceOf(ConcurrentModificationException.class);
    }

    @Test
    void skipArchiveKeepsNoOlderVersion() {
        create(table("t", column("a", "int")).build());

        glue.updateTable(request -> request.databaseName(database)
                .skipArchive(true)
                .tableInput(table("t", column("b", "int")).build()));

        assertThat(glue.getTableVersions(
                                request -> request.databaseName(database).tableName("t"))
                        .tableVersions())
                .extracting(TableVersion::versionId)
                .containsExactly("1");
    }

    @Test
    void listsGoOnWhereTheyEnded() {
        for (String name : List.of("c", "a", "b")) {
            create(table(name, column("a", "int")).build());
        }

        assertThat(glue
                        .getTablesPaginator(
                                request -> request.databaseName(database).maxResults(2))
                        .stream()
                        .flatMap(page -> page.tableList().stream())
                        .map(Table::name))
                .containsExactly("a", "b", "c");
        assertThat(glue.getDatabasesPaginator(request -> request.maxResults(1)).stream()
                        .flatMap(page -> page.databaseList().stream())
                        .map(Database::name))
                .contains(database)
                .doesNotHaveDuplicates();
    }

    @Test
    void whatIsDeletedIsGone() {
        create(table("t", column("a", "int")).build());

        glue.deleteTable(request -> request.databaseName(database).name("t"));
        glue.deleteDatabase(request -> request.name(database));

        assertThatThrownBy(() -> glue.getDatabase(request -> request.name(database)))
                .isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void whatIsMissingOrThereAlreadyIsSaidSo() {
        create(table("t", column("a", "int")).build());

        assertThatThrownBy(() -> create(table("T", column("a", "int")).build()))
                .isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() -> glue.createDatabase(request -> request.databaseInput(input -> input.name(database))))
                .isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() -> glue.createTable(request -> request.databaseName("nowhere")
                        .tableInput(table("t", column("a", "int")).build())))
                .isInstanceOf(EntityNotFoundException.class);
        assertThatThrownBy(() ->
                        glue.getTable(request -> request.databaseName(database).name("other")))
                .isInstanceOf(EntityNotFoundException.class);
    }

    @Test
    void whatIsNotSupportedIsRefusedByName() {
        assertThatThrownBy(() ->
                        glue.getTables(request -> request.databaseName(database).expression("a.*")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Expression");
        assertThatThrownBy(() -> glue.createTable(request -> request.databaseName(database)
                        .transactionId("t1")
                        .tableInput(table("t", column("a", "int")).build())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("TransactionId");
        assertThatThrownBy(() -> glue.getCrawlers(request -> {}))
                .isInstanceOf(GlueException.class)
                .hasMessageContaining("GetCrawlers");
    }

    @Test
    void aUserSeesTheTablesThatTheirPolicyNames() {
        create(table("open", column("a", "int")).build());
        create(table("closed", column("a", "int")).build());
        String arn = "arn:aws:glue:" + CatalogServer.REGION + ":" + CatalogServer.ACCOUNT + ":";
        try (GlueClient user = server.client(
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"glue:GetTable\",\"Resource\":[\""
                        + arn + "catalog\",\"" + arn + "database/" + database + "\",\"" + arn + "table/" + database
                        + "/open\"]}}")) {
            assertThat(user.getTable(request -> request.databaseName(database).name("open"))
                            .table()
                            .name())
                    .isEqualTo("open");
            assertThatThrownBy(() -> user.getTable(
                            request -> request.databaseName(database).name("closed")))
                    .isInstanceOfSatisfying(
                            GlueException.class,
                            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
            assertThatThrownBy(() -> user.deleteTable(
                            request -> request.databaseName(database).name("open")))
                    .isInstanceOf(GlueException.class)
                    .hasMessageContaining("glue:DeleteTable");
        }
    }

    @Test
    void aDefinitionIsReadWithItsTypesInTheVersionThatIsAskedFor() {
        create(table("t", column("Id", "bigint"))
                .partitionKeys(column("day", "date"))
                .build());
        update(table("t", column("id", "bigint"), column("tags", "array<string>"))
                .partitionKeys(column("day", "date"))
                .parameters(Map.of("k", "v"))
                .build());

        TableDefinition newest =
                server.tables().find(RoleTablesTest.STREAM, schema("T").build());
        TableDefinition first = server.tables()
                .find(RoleTablesTest.STREAM, schema("t").versionId("0").build());

        assertThat(newest)
                .isEqualTo(new TableDefinition(
                        database,
                        "t",
                        1,
                        List.of(
                                new TableColumn("id", HiveType.Primitive.BIGINT),
                                new TableColumn("tags", new HiveType.Array(HiveType.Primitive.STRING))),
                        List.of(new TableColumn("day", HiveType.Primitive.DATE)),
                        Map.of("k", "v")));
        assertThat(first.columns()).hasSize(1);
    }

    @Test
    void aDefinitionThatIsMissingOrNotUnderstoodIsAnInvalidArgument() {
        create(table("odd", column("a", "uniontype<int,string>")).build());
        create(table("empty").build());

        for (SchemaConfiguration schema : List.of(
                schema("none").build(),
                schema("odd").build(),
                schema("empty").build(),
                schema("odd").versionId("7").build(),
                schema("odd").region("us-west-2").build(),
                schema("odd").catalogId("999999999999").build())) {
            assertThatThrownBy(() -> server.tables().find(RoleTablesTest.STREAM, schema))
                    .isInstanceOfSatisfying(
                            AwsException.class, e -> assertThat(e.type()).isEqualTo("InvalidArgumentException"));
        }
    }

    private SchemaConfiguration.Builder schema(String table) {
        return SchemaConfiguration.builder().databaseName(database).tableName(table);
    }

    private void create(TableInput input) {
        glue.createTable(request -> request.databaseName(database).tableInput(input));
    }

    private void update(TableInput input) {
        glue.updateTable(request -> request.databaseName(database).tableInput(input));
    }

    private static TableInput.Builder table(String name, Column... columns) {
        return TableInput.builder()
                .name(name)
                .storageDescriptor(storage -> storage.columns(columns).location("s3://bucket/" + name));
    }

    private static Column column(String name, String type) {
        return Column.builder().name(name).type(type).build();
    }
}
