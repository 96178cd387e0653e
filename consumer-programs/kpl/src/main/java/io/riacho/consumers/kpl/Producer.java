package io.riacho.consumers.kpl;

import io.riacho.consumers.journal.Journal;
import io.riacho.consumers.journal.StandardInput;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import software.amazon.kinesis.producer.KinesisProducer;
import software.amazon.kinesis.producer.KinesisProducerConfiguration;
import software.amazon.kinesis.producer.KinesisProducerConfiguration.RecordDistributionStrategyDefault;

/**
 * Writes user records as KPL does by default - aggregated, over TLS, the server's certificate checked - and then stays until its
 * standard input ends, so that the library goes on to send its metrics. Credentials and region come from the environment.
 *
 * <p>The first half of the records comes in rounds of one record for each key; the other half comes all at once, in no order that the
 * library would promise to keep. The journal says what became of each of them, and then {@code finished}.
 */
public final class Producer {

    /** The library's own minute is more than anybody would wait. */
    private static final int METRICS_MILLISECONDS = 2_000;

    private Producer() {}

    /** Arguments: host, port, file of the CA's certificate or nothing, stream, number of records, file of the journal. */
    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length != 6) {
            throw new IllegalArgumentException("Arguments: host port ca stream records journal");
        }
        int records = Integer.parseInt(arguments[4]);
        CountDownLatch end = new CountDownLatch(1);
        StandardInput.whenClosed(end::countDown);
        KinesisProducer kinesis = new KinesisProducer(configuration(arguments[0], arguments[1], arguments[2]));
        try (Journal journal = Journal.openedAt(Path.of(arguments[5]))) {
            RecordWriter writer = new RecordWriter(kinesis, arguments[3], journal);
            int half = records / 2;
            for (int start = 0; start < half; start += NumberedRecord.KEYS_OF_ROUNDS) {
                int round = Math.min(NumberedRecord.KEYS_OF_ROUNDS, half - start);
                writer.write(IntStream.range(start, start + round).mapToObj(NumberedRecord::inARound));
            }
            writer.write(IntStream.range(half, records).mapToObj(NumberedRecord::amongMany));
            journal.note("finished");
            end.await();
        } finally {
            kinesis.destroy();
        }
        System.exit(0);
    }

    private static KinesisProducerConfiguration configuration(String host, String port, String authority) {
        int number = Integer.parseInt(port);
        return new KinesisProducerConfiguration()
                .setRegion(System.getenv("AWS_REGION"))
                .setCaCertFile(authority)
                .setVerifyCertificate(true)
                .setKinesisEndpoint(host)
                .setKinesisPort(number)
                .setCloudwatchEndpoint(host)
                .setCloudwatchPort(number)
                .setStsEndpoint(host)
                .setStsPort(number)
                // Until it has asked what it is, the library leaves explicit hash keys away.
                .setRecordDistributionStrategyDefault(RecordDistributionStrategyDefault.USER_PARTITION_KEY)
                .setMetricsUploadDelay(METRICS_MILLISECONDS);
    }
}
