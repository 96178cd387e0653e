package io.riacho.streams.traffic;

import io.riacho.metrics.history.Tally;
import io.riacho.usage.journal.Accounts;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a stream took and gave since the server started. What has values for calls has one for each call, whether it
 * succeeded or not, once it is known which stream it is for. Safe for use by many threads.
 */
public final class StreamTraffic {

    private final Tallies<StreamMeasure> tallies = new Tallies<>(StreamMeasure.class);
    private final Map<String, Tallies<ConsumerMeasure>> consumers = new ConcurrentHashMap<>();
    private final Accounts accounts = new Accounts();
    private volatile @Nullable HotKeys hotKeys;

    /** To whom what is used of the stream is put down. */
    public Accounts accounts() {
        return accounts;
    }

    public Tally of(StreamMeasure measure) {
        return tallies.of(measure);
    }

    /** Where partition keys are counted; null while nobody looks at them. */
    public @Nullable HotKeys hotKeys() {
        return hotKeys;
    }

    /** Has partition keys counted there; null for no more. */
    public void countKeysIn(@Nullable HotKeys keys) {
        hotKeys = keys;
    }

    /** @param stored whether the record is durable */
    public void putRecord(boolean stored, boolean throttled, long bytes, long nanos) {
        tallies.add(StreamMeasure.PUT_RECORD_SUCCESS, stored ? 1 : 0);
        tallies.add(StreamMeasure.PUT_RECORD_LATENCY, nanos);
        tallies.add(StreamMeasure.WRITES_THROTTLED, throttled ? 1 : 0);
        if (stored) {
            tallies.add(StreamMeasure.PUT_RECORD_BYTES, bytes);
            tallies.add(StreamMeasure.INCOMING_BYTES, bytes);
            tallies.add(StreamMeasure.INCOMING_RECORDS, 1);
        }
    }

    /**
     * A call of PutRecords.
     *
     * @param stored how many of its records are durable
     * @param throttled how many their shards were too busy for; the rest has failed
     * @param bytes of what was stored
     */
    public void putRecords(int total, int stored, int throttled, long bytes, long nanos) {
        tallies.add(StreamMeasure.PUT_RECORDS_SUCCESS, stored > 0 ? 1 : 0);
        tallies.add(StreamMeasure.PUT_RECORDS_LATENCY, nanos);
        tallies.add(StreamMeasure.PUT_RECORDS_TOTAL, total);
        tallies.add(StreamMeasure.PUT_RECORDS_SUCCESSFUL, stored);
        tallies.add(StreamMeasure.PUT_RECORDS_THROTTLED, throttled);
        tallies.add(StreamMeasure.PUT_RECORDS_FAILED, total - stored - throttled);
        tallies.add(StreamMeasure.WRITES_THROTTLED, throttled);
        if (stored > 0) {
            tallies.add(StreamMeasure.PUT_RECORDS_BYTES, bytes);
            tallies.add(StreamMeasure.INCOMING_BYTES, bytes);
            tallies.add(StreamMeasure.INCOMING_RECORDS, stored);
        }
    }

    /** @param ageMillis how far the last record that was read lies behind */
    public void getRecords(long records, long bytes, long ageMillis, long nanos) {
        tallies.add(StreamMeasure.GET_RECORDS_SUCCESS, 1);
        tallies.add(StreamMeasure.GET_RECORDS_LATENCY, nanos);
        tallies.add(StreamMeasure.GET_RECORDS_RECORDS, records);
        tallies.add(StreamMeasure.GET_RECORDS_BYTES, bytes);
        tallies.add(StreamMeasure.GET_RECORDS_ITERATOR_AGE, ageMillis);
        tallies.add(StreamMeasure.READS_THROTTLED, 0);
    }

    public void getRecordsFailed(boolean throttled, long nanos) {
        tallies.add(StreamMeasure.GET_RECORDS_SUCCESS, 0);
        tallies.add(StreamMeasure.GET_RECORDS_LATENCY, nanos);
        tallies.add(StreamMeasure.READS_THROTTLED, throttled ? 1 : 0);
    }

    /** The traffic of one consumer, by its name. Kept until it is taken out of {@link #consumers}. */
    public Tallies<ConsumerMeasure> consumer(String name) {
        return consumers.computeIfAbsent(name, _ -> new Tallies<>(ConsumerMeasure.class));
    }

    /** By the names of consumers; what is taken out of it is forgotten. */
    public Map<String, Tallies<ConsumerMeasure>> consumers() {
        return consumers;
    }
}
