package io.riacho.firehose.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riacho.firehose.access.RoleTableReaders;
import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.protocol.role.RoleCredentials;
import io.riacho.protocol.role.RoleException;
import io.riacho.protocol.role.ServiceSession;
import io.riacho.protocol.tls.ClientTls;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.firehose.model.SchemaConfiguration;
import software.amazon.awssdk.services.glue.GlueClient;

/** Tables are read as the role that a delivery stream was given for them, over the wire. */
class RoleTablesTest {

    static final DeliveryStreamName STREAM = new DeliveryStreamName(
            "clicks", "arn:aws:firehose:eu-central-1:123456789012:deliverystream/clicks", "eu-central-1");

    private static final String ROLE = "arn:aws:iam::123456789012:role/converter";

    private static CatalogServer server;

    private final List<ServiceSession> sessions = new CopyOnWriteArrayList<>();
    private final Deque<AwsBasicCredentials> given = new ArrayDeque<>();
    private final RoleTableReaders readers = new RoleTableReaders(
            this::assume,
            () -> server.uri(),
            new ClientTls(null, null, null),
            CatalogServer.REGION,
            CatalogServer.ACCOUNT,
            InstantSource.system());

    @BeforeAll
    static void startServer() {
        server = new CatalogServer();
        try (GlueClient glue = server.client()) {
            glue.createDatabase(request -> request.databaseInput(input -> input.name("db")));
            glue.createTable(request -> request.databaseName("db")
                    .tableInput(input -> input.name("t")
                            .storageDescriptor(stored ->
                                    stored.columns(column -> column.name("id").type("int")))));
        }
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @AfterEach
    void close() {
        readers.close();
    }

    @Test
    void aRoleThatMayReadTheTableIsLetInForItsDeliveryStream() {
        given.add(server.user(allowing("glue:GetTable")));

        readers.require(STREAM, schema("t", null));

        assertThat(sessions).singleElement().satisfies(session -> {
            assertThat(session.principal()).isEqualTo("firehose.amazonaws.com");
            assertThat(session.sourceArn()).isEqualTo(STREAM.arn());
        });
    }

    @Test
    void aRoleThatMayNotReadTheTableIsRefused() {
        given.add(server.user(allowing("glue:GetDatabase")));

        assertThatExceptionOfType(TableAccessException.class)
                .isThrownBy(() -> readers.require(STREAM, schema("t", null)))
                .withMessageContaining("Access was denied")
                .withMessageContaining(ROLE);
    }

    @Test
    void oneVersionOfATableNeedsAPermissionOfItsOwn() {
        given.add(server.user(allowing("glue:GetTable")));
        assertThatExceptionOfType(TableAccessException.class)
                .isThrownBy(() -> readers.require(STREAM, schema("t", "0")));

        given.add(server.user(allowing("glue:GetTableVersion")));
        try (RoleTableReaders others = new RoleTableReaders(
                this::assume,
                () -> server.uri(),
                new ClientTls(null, null, null),
                CatalogServer.REGION,
                CatalogServer.ACCOUNT,
                InstantSource.system())) {
            others.require(STREAM, schema("t", "0"));
        }
    }

    @Test
    void aRoleThatDoesNotTrustFirehoseIsRefused() {
        assertThatExceptionOfType(TableAccessException.class)
                .isThrownBy(() -> readers.require(STREAM, schema("t", null)))
                .withMessageContaining("unable to assume role " + ROLE);
    }

    @Test
    void thatATableIsNotThereIsNotTheRolesFault() {
        given.add(server.user(allowing("glue:GetTable")));

        readers.require(STREAM, schema("nowhere", null));
    }

    @Test
    void whereCredentialsAreNotAcceptedAnyMoreTheRoleIsAssumedAnew() {
        given.add(AwsBasicCredentials.create("AKIAGONE", "secret of a session that was revoked"));
        given.add(server.user(allowing("glue:GetTable")));

        readers.require(STREAM, schema("t", null));

        assertThat(sessions).hasSize(2);
    }

    private RoleCredentials assume(String roleArn, ServiceSession session) {
        AwsBasicCredentials next = given.poll();
        if (next == null) {
            throw new RoleException(RoleException.Reason.DENIED, roleArn + " may not be assumed");
        }
        sessions.add(session);
        return new RoleCredentials(
                next.accessKeyId(),
                next.secretAccessKey(),
                "token",
                Instant.now().plusSeconds(3_600));
    }

    private static SchemaConfiguration schema(String table, @Nullable String version) {
        return SchemaConfiguration.builder()
                .roleARN(ROLE)
                .databaseName("db")
                .tableName(table)
                .versionId(version)
                .build();
    }

    private static String allowing(String action) {
        return """
                {"Version": "2012-10-17",
                 "Statement": [{"Effect": "Allow", "Action": "%s", "Resource": "*"}]}""".formatted(action);
    }
}
