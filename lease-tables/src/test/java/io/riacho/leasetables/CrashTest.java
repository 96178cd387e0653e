package io.riacho.leasetables;

import static io.riacho.leasetables.Items.item;
import static io.riacho.leasetables.Items.n;
import static io.riacho.leasetables.Items.s;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.postgres.TestPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A server that is killed while it writes. PostgreSQL lives on. */
class CrashTest {

    private static final int WRITERS = 4;
    private static final int ACKNOWLEDGED = 400;

    private final TestPostgres.Database database = TestPostgres.newDatabase();

    @Test
    void noAcknowledgedWriteIsLostAndNoTransactionIsHalfDone() throws IOException, InterruptedException {
        long[] acknowledged = new long[WRITERS];
        Process process = start();
        try (BufferedReader lines = process.inputReader()) {
            int seen = 0;
            String line = lines.readLine();
            while (line != null) {
                if (line.startsWith("done ")) {
                    String[] words = line.split(" ");
                    acknowledged[Integer.parseInt(words[1])] = Long.parseLong(words[2]);
                    if (++seen == ACKNOWLEDGED) {
                        // The handle leaves the output open, to be read to its end.
                        boolean unused = process.toHandle().destroyForcibly();
                    }
                }
                line = lines.readLine();
            }
            assertThat(seen).as("acknowledged writes").isGreaterThanOrEqualTo(ACKNOWLEDGED);
        } finally {
            process.destroyForcibly().waitFor();
        }

        DynamoDbClient client = new DynamoServer(database).client();
        for (int writer = 0; writer < WRITERS; writer++) {
            String key = CountingServer.key(writer);
            long counted = counter(client, key);
            assertThat(counted).isBetween(acknowledged[writer], acknowledged[writer] + 1);
            assertThat(counter(client, key + "-twin")).isEqualTo(counted);
            assertThat(client.query(request -> request.tableName(CountingServer.TABLE)
                                    .indexName("counters")
                                    .keyConditionExpression("leaseOwner = :o")
                                    .expressionAttributeValues(item(":o", s("owner-" + counted + "-" + key))))
                            .count())
                    .as("the index has the item as it is")
                    .isEqualTo(1);
        }
    }

    private static long counter(DynamoDbClient client, String key) {
        return Long.parseLong(client.getItem(
                        request -> request.tableName(CountingServer.TABLE).key(item("leaseKey", s(key))))
                .item()
                .getOrDefault("leaseCounter", n(0))
                .n());
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                CountingServer.class.getName(),
                Integer.toString(WRITERS),
                database.url(),
                database.user(),
                database.password()));
        return new ProcessBuilder(command)
                .redirectError(Path.of("target", "counting-server.log").toFile())
                .start();
    }
}
