package io.riacho.flink.source;

import io.riacho.flink.access.AwsClients;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.util.FlinkRuntimeException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.Shard;

/**
 * Finds shards and gives them to readers: a shard once all that it follows are read to their end, to the reader with the
 * fewest. A shard that is read to its end stays with its reader until those that follow it have theirs; otherwise the
 * watermark would run ahead of them.
 *
 * <p>Readers tell at their beginning what a checkpoint holds for them, and all that is given out anew; shards are given out
 * only while all readers are there, so that after a failure each shard's own position is known before one that follows it.
 * Used by the coordinator's thread.
 */
final class KinesisEnumerator implements SplitEnumerator<ShardSplit, EnumeratorState> {

    private final SplitEnumeratorContext<ShardSplit> context;
    private final StreamSettings settings;
    private final AwsClients.ClientLease<KinesisAsyncClient> client;
    private final Listing listing;
    private final Position start;

    private final Map<String, Boolean> ended;
    private final Map<String, ShardSplit> waiting = new LinkedHashMap<>();
    private final Map<Integer, Set<String>> read = new HashMap<>();
    private final Map<String, Integer> held = new HashMap<>();
    private Map<String, List<String>> parents = new HashMap<>();
    private boolean begun;
    private boolean listed;
    private boolean isListing;
    private boolean listAgain;

    KinesisEnumerator(
            SplitEnumeratorContext<ShardSplit> context, StreamSettings settings, @Nullable EnumeratorState restored) {
        this.context = context;
        this.settings = settings;
        this.client = AwsClients.kinesis(settings.access());
        this.listing = new Listing(client.client(), settings);
        this.start = restored == null ? beginning(settings) : restored.start();
        this.begun = restored != null && restored.begun();
        this.ended = new HashMap<>(restored == null ? Map.of() : restored.ended());
        if (restored != null) {
            restored.waiting().forEach(split -> waiting.put(split.shardId(), split));
        }
    }

    /** The latest is a time, so that a restart before the first record does not move it. */
    private static Position beginning(StreamSettings settings) {
        return settings.start() != null ? settings.start() : new Position.AtTimestamp(System.currentTimeMillis());
    }

    @Override
    public void start() {
        list();
        long every = settings.discovery().toMillis();
        context.callAsync(() -> listing.from(start), this::found, every, every);
    }

    @Override
    public void handleSplitRequest(int subtask, @Nullable String host) {
        // Readers are given shards without asking.
    }

    @Override
    public void addReader(int subtask) {
        read.put(subtask, new HashSet<>());
        held.values().removeIf(reader -> reader == subtask);
        ReaderInfo reader = Objects.requireNonNull(context.registeredReaders().get(subtask));
        List<ShardSplit> reported = reader.getReportedSplitsOnRegistration();
        for (ShardSplit split : reported) {
            // Where only this reader failed, another one may read by now what the checkpoint has for this one.
            boolean elsewhere = read.values().stream().anyMatch(shards -> shards.contains(split.shardId()));
            if (!elsewhere) {
                ended.put(split.shardId(), split.isEnded());
                if (!split.isEnded()) {
                    waiting.put(split.shardId(), split);
                }
            }
        }
        assign();
    }

    @Override
    public void addSplitsBack(List<ShardSplit> splits, int subtask) {
        read.remove(subtask);
        for (ShardSplit split : splits) {
            ended.put(split.shardId(), false);
            waiting.put(split.shardId(), split);
        }
    }

    @Override
    public void handleSourceEvent(int subtask, SourceEvent event) {
        if (event instanceof ShardEnded shard) {
            ended.put(shard.shardId(), true);
            held.put(shard.shardId(), subtask);
            assign();
            if (held.containsKey(shard.shardId())) {
                list();
            }
        }
    }

    @Override
    public EnumeratorState snapshotState(long checkpoint) {
        return new EnumeratorState(start, begun, ended, new ArrayList<>(waiting.values()));
    }

    @Override
    public void close() {
        client.close();
    }

    private void list() {
        if (isListing) {
            listAgain = true;
            return;
        }
        isListing = true;
        context.callAsync(() -> listing.from(start), (shards, failure) -> {
            isListing = false;
            found(shards, failure);
            if (listAgain) {
                listAgain = false;
                list();
            }
        });
    }

    private void found(@Nullable List<Shard> shards, @Nullable Throwable failure) {
        if (failure != null || shards == null) {
            throw new FlinkRuntimeException("The shards of " + settings.stream() + " are not known", failure);
        }
        Map<String, List<String>> known = new HashMap<>();
        for (Shard shard : shards) {
            known.put(shard.shardId(), parentsOf(shard));
            if (settings.reads(shard.shardId()) && !ended.containsKey(shard.shardId())) {
                Position from = begun ? new Position.TrimHorizon() : start;
                ended.put(shard.shardId(), false);
                waiting.put(shard.shardId(), new ShardSplit(shard.shardId(), keys(shard), from, Long.MIN_VALUE));
            }
        }
        // What was read to its end and is not listed any more can be no shard's parent that is still to come.
        ended.entrySet().removeIf(shard -> shard.getValue() && !known.containsKey(shard.getKey()));
        parents = known;
        begun = true;
        listed = true;
        assign();
    }

    private void assign() {
        if (!listed || context.registeredReaders().size() < context.currentParallelism()) {
            return;
        }
        for (ShardSplit split : new TreeMap<>(waiting).values()) {
            if (parentsOf(split).allMatch(parent -> ended.getOrDefault(parent, true))) {
                int reader = readerFor(split);
                waiting.remove(split.shardId());
                read.computeIfAbsent(reader, subtask -> new HashSet<>()).add(split.shardId());
                context.assignSplit(split, reader);
            }
        }
        release();
    }

    /** The reader with the fewest shards, and among these the one that has the shard before it. */
    private int readerFor(ShardSplit split) {
        List<String> before = parentsOf(split).toList();
        return context.registeredReaders().keySet().stream()
                .min(Comparator.<Integer>comparingInt(this::load)
                        .thenComparing(
                                reader -> before.stream().noneMatch(parent -> Objects.equals(held.get(parent), reader)))
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    private int load(int reader) {
        Set<String> shards = read.getOrDefault(reader, Set.of());
        return (int) shards.stream()
                .filter(shard -> !ended.getOrDefault(shard, false))
                .count();
    }

    private void release() {
        for (Map.Entry<String, Integer> shard : Map.copyOf(held).entrySet()) {
            String id = shard.getKey();
            List<String> following = parents.entrySet().stream()
                    .filter(known -> known.getValue().contains(id))
                    .map(Map.Entry::getKey)
                    .toList();
            boolean forgotten = !parents.containsKey(id);
            boolean followed = !following.isEmpty() && following.stream().noneMatch(waiting::containsKey);
            if (forgotten || followed) {
                held.remove(id);
                read.getOrDefault(shard.getValue(), Set.of()).remove(id);
                context.sendEventToSourceReader(shard.getValue(), new ShardReleased(id));
            }
        }
    }

    private Stream<String> parentsOf(ShardSplit split) {
        return parents.getOrDefault(split.shardId(), List.of()).stream();
    }

    private static List<String> parentsOf(Shard shard) {
        return Stream.of(shard.parentShardId(), shard.adjacentParentShardId())
                .filter(Objects::nonNull)
                .toList();
    }

    private static ShardSplit.@Nullable KeyRange keys(Shard shard) {
        return shard.hashKeyRange() == null
                ? null
                : new ShardSplit.KeyRange(
                        shard.hashKeyRange().startingHashKey(),
                        shard.hashKeyRange().endingHashKey());
    }
}
