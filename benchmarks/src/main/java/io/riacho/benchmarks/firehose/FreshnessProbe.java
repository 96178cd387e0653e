package io.riacho.benchmarks.firehose;

import io.riacho.benchmarks.load.Endpoint;
import io.riacho.benchmarks.load.KinesisClient;
import io.riacho.benchmarks.load.Latencies;
import io.riacho.benchmarks.load.Pace;
import io.riacho.benchmarks.load.Pauses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.model.BufferingHints;

/**
 * Puts records one by one at a light, steady rate to delivery streams without a buffer, and sees when they are delivered. Not
 * thread-safe.
 */
final class FreshnessProbe {

    static final int RECORDS_PER_SECOND = 20;

    private static final BufferingHints NO_BUFFER =
            BufferingHints.builder().sizeInMBs(1).intervalInSeconds(0).build();
    private static final long LIST_EVERY_MILLISECONDS = 10;
    private static final Duration DELIVERED_WITHIN = Duration.ofSeconds(60);

    private final Endpoint server;
    private final AwsClients clients;
    private final Arrivals endpoint;
    private final DeliveryStreams deliveryStreams;
    private final Events events = new Events();
    private long next;

    FreshnessProbe(Endpoint server, AwsClients clients, Arrivals endpoint) {
        this.server = server;
        this.clients = clients;
        this.endpoint = endpoint;
        this.deliveryStreams = new DeliveryStreams(clients);
    }

    /** From the send of a record to the beginning of the request that has it: the attempt of its delivery. */
    Latencies toEndpoint(Origin origin, int warmUp, int measured) throws IOException {
        return with(origin, (name, source, put) -> {
            deliveryStreams.toEndpoint(name, source, Arrivals.URL);
            return measure(put, endpoint::arrived, warmUp, measured);
        });
    }

    /** From the send of a record to the list of objects that has its object. */
    Latencies toBucket(Origin origin, int warmUp, int measured) throws IOException {
        return with(origin, (name, source, put) -> {
            String prefix = name + "/";
            deliveryStreams.toBucket(name, source, prefix, Format.LINES, NO_BUFFER);
            try (WatchedObjects objects =
                    new WatchedObjects(clients.s3(), DeliveryStreams.BUCKET, prefix, LIST_EVERY_MILLISECONDS)) {
                try {
                    return measure(put, new ReadObjects(objects), warmUp, measured);
                } finally {
                    objects.delete();
                }
            }
        });
    }

    private Latencies with(Origin origin, Measurement measurement) throws IOException {
        String name = "benchmark-" + UUID.randomUUID().toString().substring(0, 8);
        try (KinesisClient kinesis = new KinesisClient(server)) {
            if (origin == Origin.KINESIS_STREAM) {
                kinesis.createStream(name, 1);
            }
            try {
                return origin == Origin.DIRECT_PUT
                        ? measurement.of(name, new DeliveryStreams.Source.DirectPut(), data -> putDirectly(name, data))
                        : measurement.of(
                                name, new DeliveryStreams.Source.Stream(name), data -> putToStream(name, data));
            } finally {
                deliveryStreams.delete(name);
                if (origin == Origin.KINESIS_STREAM) {
                    kinesis.deleteStreamWithConsumers(name);
                }
            }
        }
    }

    private void putDirectly(String name, byte[] data) {
        clients.firehose()
                .putRecord(request -> request.deliveryStreamName(name)
                        .record(record -> record.data(SdkBytes.fromByteArrayUnsafe(data))));
    }

    private void putToStream(String name, byte[] data) {
        clients.kinesis()
                .putRecord(request ->
                        request.streamName(name).partitionKey("key").data(SdkBytes.fromByteArrayUnsafe(data)));
    }

    /** The first record is waited for: by then all is running. */
    private Latencies measure(Put put, Found found, int warmUp, int measured) {
        long first = next;
        int count = warmUp + measured;
        next += count + 1L;
        put.put(events.numbered(first));
        Map<Long, Long> times = await(found, first, 1);
        Pace pace = Pace.of(RECORDS_PER_SECOND);
        long[] sent = new long[count];
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            byte[] data = events.numbered(first + 1 + i);
            sent[i] = System.nanoTime();
            put.put(data);
            pace.await(begin, i + 1);
        }
        times = await(found, first, count + 1);
        Latencies latencies = new Latencies();
        for (int i = warmUp; i < count; i++) {
            latencies.add(Objects.requireNonNull(times.get(first + 1 + i)) - sent[i]);
        }
        return latencies;
    }

    private static Map<Long, Long> await(Found found, long first, int count) {
        long end = System.nanoTime() + DELIVERED_WITHIN.toNanos();
        while (true) {
            Map<Long, Long> times = found.times();
            long there = 0;
            for (long number = first; number < first + count; number++) {
                there += times.containsKey(number) ? 1 : 0;
            }
            if (there == count) {
                return times;
            }
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Of " + count + " records " + there + " were delivered");
            }
            Pauses.milliseconds(20);
        }
    }

    /** Which objects have been read already is kept, so that each is read once. */
    private static final class ReadObjects implements Found {

        private final WatchedObjects objects;
        private final Set<String> read = new HashSet<>();
        private final Map<Long, Long> times = new HashMap<>();

        ReadObjects(WatchedObjects objects) {
            this.objects = objects;
        }

        @Override
        public Map<Long, Long> times() {
            objects.seen().forEach((key, time) -> {
                if (read.add(key)) {
                    new String(objects.bytes(key), StandardCharsets.US_ASCII)
                            .lines()
                            .forEach(line -> times.merge(Events.numberOf(line), time, Math::min));
                }
            });
            return times;
        }
    }

    private interface Found {

        /** When records were delivered, by their numbers. */
        Map<Long, Long> times();
    }

    private interface Put {
        void put(byte[] data);
    }

    private interface Measurement {
        Latencies of(String name, DeliveryStreams.Source source, Put put);
    }
}
