package io.riacho.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The loads that can be put on a Kinesis endpoint, each on a stream that exists. Not thread-safe. */
public final class KinesisLoad {

    public static final int BATCH = 500;
    private static final int DISTINCT_BATCHES = 32;
    private static final int DISTINCT_RECORDS = 4096;
    private static final Duration PUT_AT_MOST = Duration.ofMinutes(2);

    private final Endpoint endpoint;
    private final Encoding preferred;

    /** @param preferred the encoding of everything that is not asked for in a certain one */
    public KinesisLoad(Endpoint endpoint, Encoding preferred) {
        this.endpoint = endpoint;
        this.preferred = preferred;
    }

    /** PutRecords of 500 × 1 KiB. */
    public Throughput putRecords(String stream, Encoding encoding, int inFlight, Duration warmUp, Duration measured)
            throws IOException {
        return put(batches(stream, encoding), encoding, inFlight, ClosedLoop.Limits.of(warmUp, measured));
    }

    /** PutRecord of 1 KiB. */
    public Throughput putRecord(String stream, int inFlight, Duration warmUp, Duration measured) throws IOException {
        KinesisRequests requests = new KinesisRequests(endpoint, preferred);
        Records records = new Records();
        List<Request> prepared = new ArrayList<>(DISTINCT_RECORDS);
        for (int i = 0; i < DISTINCT_RECORDS; i++) {
            prepared.add(requests.putRecord(stream, records.next()));
        }
        return put(prepared, preferred, inFlight, ClosedLoop.Limits.of(warmUp, measured));
    }

    /**
     * Writes records to be read later, one batch at a time, so that their number is known exactly.
     *
     * @return how many were acknowledged: those asked for, or fewer where the time was over first
     */
    public long fill(String stream, long records, Duration atMost) throws IOException {
        return put(batches(stream, preferred), preferred, 1, ClosedLoop.Limits.untilRecords(records, atMost))
                .records();
    }

    /**
     * Sends PutRecords requests one after another, each once.
     *
     * @param prepared in the preferred encoding
     */
    public Throughput putEach(List<Request> prepared) throws IOException {
        long records = prepared.stream().mapToLong(Request::records).sum();
        Throughput put = put(prepared, preferred, 1, ClosedLoop.Limits.untilRecords(records, PUT_AT_MOST));
        if (put.records() != records) {
            throw new IllegalStateException("Of " + records + " records " + put.records() + " were put within "
                    + PUT_AT_MOST.toSeconds() + " s");
        }
        return put;
    }

    /** How many records each shard gives from its beginning to its end. */
    public List<Long> count(String stream) throws IOException {
        KinesisRequests requests = new KinesisRequests(endpoint, preferred);
        GetRecordsAnswer answer = GetRecordsAnswer.in(preferred);
        List<Long> counts = new ArrayList<>();
        try (KinesisClient client = new KinesisClient(endpoint);
                HttpConnection connection = new HttpConnection(endpoint)) {
            for (String shard : client.shards(stream)) {
                String iterator = client.shardIterator(stream, shard, "TRIM_HORIZON");
                long count = 0;
                do {
                    answer.read(connection.exchange(requests.getRecords(iterator, 10_000)));
                    count += answer.records;
                    iterator = answer.nextShardIterator == null ? iterator : answer.nextShardIterator;
                } while (answer.records > 0);
                counts.add(count);
            }
        }
        return counts;
    }

    /**
     * GetRecords over all shards at the same time, each from its beginning to its end, again and again.
     *
     * @param counts what {@link #count} found
     */
    public Throughput drain(String stream, Encoding encoding, List<Long> counts, Duration warmUp, Duration measured)
            throws IOException {
        List<DrainExchange> exchanges = new ArrayList<>();
        KinesisRequests requests = new KinesisRequests(endpoint, encoding);
        try (KinesisClient client = new KinesisClient(endpoint)) {
            List<String> shards = client.shards(stream);
            for (int i = 0; i < shards.size(); i++) {
                if (counts.get(i) > 0) {
                    String iterator = client.shardIterator(stream, shards.get(i), "TRIM_HORIZON");
                    exchanges.add(new DrainExchange(requests, encoding, iterator, counts.get(i)));
                }
            }
        }
        return new ClosedLoop(endpoint).run(exchanges, ClosedLoop.Limits.of(warmUp, measured));
    }

    /** From the send of one record to its acknowledgement, one at a time. */
    public Latencies putLatency(String stream, Duration warmUp, Duration measured) throws IOException {
        return new LatencyProbe(endpoint, preferred, stream).acknowledged(warmUp, measured);
    }

    /**
     * From the send of one record to the moment when a tightly polling reader has it.
     *
     * @param stream with one shard
     */
    public Latencies putToReadLatency(String stream, int warmUp, int measured, Pace pace) throws IOException {
        return new LatencyProbe(endpoint, preferred, stream).toReader(warmUp, measured, pace);
    }

    /**
     * From the send of one record to the moment when a subscription of SubscribeToShard has it.
     *
     * @param stream with one shard
     */
    public Latencies putToSubscriberLatency(String stream, int warmUp, int measured, Pace pace) throws IOException {
        return new LatencyProbe(endpoint, preferred, stream).toSubscriber(warmUp, measured, pace);
    }

    /**
     * SubscribeToShard by many consumers at once, each from the beginning of a stream's only shard to its end.
     *
     * @param records in the stream
     * @return what all of them together were given
     */
    public Throughput fanOut(String stream, int consumers, long records) throws IOException {
        return new FanOut(endpoint, stream).run(consumers, records);
    }

    private List<Request> batches(String stream, Encoding encoding) {
        KinesisRequests requests = new KinesisRequests(endpoint, encoding);
        Records records = new Records();
        List<Request> prepared = new ArrayList<>(DISTINCT_BATCHES);
        for (int i = 0; i < DISTINCT_BATCHES; i++) {
            prepared.add(requests.putRecords(stream, records.next(BATCH)));
        }
        return prepared;
    }

    private Throughput put(List<Request> prepared, Encoding encoding, int inFlight, ClosedLoop.Limits limits)
            throws IOException {
        List<PutExchange> exchanges = new ArrayList<>(inFlight);
        for (int i = 0; i < inFlight; i++) {
            exchanges.add(new PutExchange(prepared, encoding, i * prepared.size() / inFlight));
        }
        return new ClosedLoop(endpoint).run(exchanges, limits);
    }
}
