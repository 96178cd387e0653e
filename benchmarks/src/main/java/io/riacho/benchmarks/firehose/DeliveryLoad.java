package io.riacho.benchmarks.firehose;

import io.riacho.benchmarks.load.Encoding;
import io.riacho.benchmarks.load.Endpoint;
import io.riacho.benchmarks.load.KinesisClient;
import io.riacho.benchmarks.load.KinesisLoad;
import io.riacho.benchmarks.load.KinesisRequests;
import io.riacho.benchmarks.load.Pauses;
import io.riacho.benchmarks.load.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import software.amazon.awssdk.services.firehose.model.BufferingHints;

/**
 * Writes a number of records to a Kinesis stream, as fast as one connection can, while a delivery stream delivers them to S3, and counts
 * what is in the objects. Not thread-safe.
 */
final class DeliveryLoad {

    static final int SHARDS = 4;

    /** Objects of a second, or of 64 MiB: the smallest that AWS has for Parquet. */
    private static final BufferingHints HINTS =
            BufferingHints.builder().sizeInMBs(64).intervalInSeconds(1).build();

    private static final long LIST_EVERY_MILLISECONDS = 50;
    /** Nothing new for longer than buffers are kept. */
    private static final Duration QUIET = Duration.ofSeconds(3);

    private static final Duration DELIVERED_WITHIN = Duration.ofSeconds(120);

    private final Endpoint server;
    private final AwsClients clients;
    private final DeliveryStreams deliveryStreams;

    DeliveryLoad(Endpoint server, AwsClients clients) {
        this.server = server;
        this.clients = clients;
        this.deliveryStreams = new DeliveryStreams(clients);
    }

    /**
     * The first batch is delivered before the clock starts: by then every shard is read.
     *
     * @param records a multiple of {@link KinesisLoad#BATCH}, two of them at least
     * @throws IllegalStateException if not each record was delivered, and once
     */
    Delivered run(Format format, int records) throws IOException {
        String name = "benchmark-" + UUID.randomUUID().toString().substring(0, 8);
        String prefix = name + "/";
        try (KinesisClient kinesis = new KinesisClient(server)) {
            kinesis.createStream(name, SHARDS);
            try (WatchedObjects objects =
                    new WatchedObjects(clients.s3(), DeliveryStreams.BUCKET, prefix, LIST_EVERY_MILLISECONDS)) {
                deliveryStreams.toBucket(name, new DeliveryStreams.Source.Stream(name), prefix, format, HINTS);
                try {
                    return run(name, format, records, objects);
                } finally {
                    deliveryStreams.delete(name);
                    objects.delete();
                }
            } finally {
                kinesis.deleteStreamWithConsumers(name);
            }
        }
    }

    private Delivered run(String stream, Format format, int records, WatchedObjects objects) throws IOException {
        Batches batches = Batches.of(new KinesisRequests(server, Encoding.CBOR), stream, records);
        KinesisLoad load = new KinesisLoad(server, Encoding.CBOR);
        load.putEach(batches.requests().subList(0, 1));
        await(objects, SHARDS);
        long begin = System.nanoTime();
        load.putEach(batches.requests().subList(1, batches.requests().size()));
        long end = System.nanoTime() + DELIVERED_WITHIN.toNanos();
        DeliveryCheck check = new DeliveryCheck(records);
        DeliveryCheck.Found found;
        long last;
        do {
            last = awaitQuiet(objects);
            found = count(check, format, objects);
        } while (found.isIncomplete(records) && System.nanoTime() < end);
        if (found.records() != records || found.distinct() != records) {
            throw new IllegalStateException(records + " records were put, and delivered were " + found);
        }
        return new Delivered(records - KinesisLoad.BATCH, batches.bytes(), last - begin);
    }

    private static DeliveryCheck.Found count(DeliveryCheck check, Format format, WatchedObjects objects)
            throws IOException {
        Stream<byte[]> all = objects.seen().keySet().stream().map(objects::bytes);
        if (format != Format.PARQUET) {
            return check.inLines(all::iterator, format);
        }
        Path folder = Files.createTempDirectory("riacho-benchmarks-parquet-");
        try {
            int file = 0;
            for (byte[] object : (Iterable<byte[]>) all::iterator) {
                Files.write(folder.resolve(file++ + ".parquet"), object);
            }
            return check.inParquet(folder);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void await(WatchedObjects objects, int count) {
        long end = System.nanoTime() + DELIVERED_WITHIN.toNanos();
        while (objects.seen().size() < count) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("The first records were not delivered");
            }
            Pauses.milliseconds(LIST_EVERY_MILLISECONDS);
        }
    }

    /** @return when the last object was seen */
    private static long awaitQuiet(WatchedObjects objects) {
        long begin = System.nanoTime();
        while (true) {
            long last = objects.seen().values().stream()
                    .max(Comparator.naturalOrder())
                    .orElse(begin);
            if (System.nanoTime() - Math.max(last, begin) > QUIET.toNanos()) {
                return last;
            }
            Pauses.milliseconds(LIST_EVERY_MILLISECONDS);
        }
    }

    /**
     * All records in requests that are signed already.
     *
     * @param bytes of the records but for those of the first request
     */
    private record Batches(List<Request> requests, long bytes) {

        static Batches of(KinesisRequests requests, String stream, int records) {
            Events events = new Events();
            List<Request> prepared = new ArrayList<>();
            long bytes = 0;
            for (int from = 0; from < records; from += KinesisLoad.BATCH) {
                List<KinesisRequests.Entry> entries = new ArrayList<>(KinesisLoad.BATCH);
                for (int number = from; number < from + KinesisLoad.BATCH; number++) {
                    KinesisRequests.Entry entry = events.entry(number);
                    entries.add(entry);
                    bytes += from == 0 ? 0 : entry.data().length;
                }
                prepared.add(requests.putRecords(stream, entries));
            }
            return new Batches(prepared, bytes);
        }
    }
}
