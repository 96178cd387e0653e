package io.riacho.firehose.source.kinesis;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riacho.access.KinesisClients;
import io.riacho.access.RoleCredentialsProvider;
import io.riacho.firehose.source.ShardReader;
import io.riacho.firehose.source.SourceException;
import io.riacho.protocol.role.RoleException;
import io.riacho.protocol.role.RoleException.Reason;
import io.riacho.protocol.role.ServiceSession;
import io.riacho.protocol.tls.ClientTls;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class RefusedRoleTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/reader";
    private static final String STREAM = "arn:aws:kinesis:us-east-1:123456789012:stream/orders";
    private static final ServiceSession SESSION =
            new ServiceSession("firehose.amazonaws.com", "orders", STREAM, "123456789012");

    @Test
    void aSourceWhoseRoleCannotBeAssumedSaysSo() {
        RoleCredentialsProvider refused = new RoleCredentialsProvider(
                (roleArn, session) -> {
                    throw new RoleException(Reason.DENIED, roleArn + " is refused");
                },
                ROLE,
                SESSION,
                InstantSource.system());
        try (KinesisClients clients = new KinesisClients(
                        () -> URI.create("http://127.0.0.1:1"), new ClientTls(null, null, null), "us-east-1");
                KinesisSource source =
                        new KinesisSource(clients.of(refused), STREAM, null, "consumer", new Subscriptions(1), false);
                ShardReader reader = source.open("shardId-000000000000", "TRIM_HORIZON")) {

            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(source::shards)
                    .withMessage(ROLE + " is refused")
                    .matches(e -> e.code().equals("Role.AccessDenied"));
            assertThatExceptionOfType(SourceException.class)
                    .isThrownBy(() -> reader.read(Duration.ofSeconds(20)))
                    .withMessage(ROLE + " is refused");
        }
    }
}
