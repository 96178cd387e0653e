package io.riacho.streams.application;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.riacho.log.ShardLog;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamCatalog;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All applications in one view, whoever keeps their leases. Safe for use by many threads. */
public final class Applications {

    private final List<ApplicationSource> sources;
    private final StreamCatalog catalog;
    private final StreamGuess guess;
    private final ShardLog log;
    private final InstantSource clock;

    public Applications(List<ApplicationSource> sources, StreamCatalog catalog, ShardLog log, InstantSource clock) {
        this.sources = List.copyOf(sources);
        this.catalog = catalog;
        this.guess = new StreamGuess(catalog);
        this.log = log;
        this.clock = clock;
    }

    /** In the order of their names. */
    public List<ApplicationView> all() {
        LagMeter meter = new LagMeter(log, clock);
        return sources.stream()
                .flatMap(source -> source.applications().stream())
                .sorted(Comparator.comparing(ApplicationState::name).thenComparing(ApplicationState::kind))
                .map(application -> view(application, meter))
                .toList();
    }

    private ApplicationView view(ApplicationState application, LagMeter meter) {
        Optional<Stream> guessed = application.leases().stream().allMatch(lease -> lease.stream() == null)
                ? guess.of(application.leases())
                : Optional.empty();
        List<ShardView> shards = application.leases().stream()
                .sorted(Comparator.comparing((LeaseState lease) -> lease.stream() == null ? "" : lease.stream())
                        .thenComparing(LeaseState::shard))
                .map(lease -> view(lease, guessed, meter))
                .toList();
        Map<String, Long> workers = shards.stream()
                .flatMap(shard -> Optional.ofNullable(shard.worker()).stream())
                .collect(Collectors.groupingBy(worker -> worker, TreeMap::new, Collectors.counting()));
        return new ApplicationView(
                application.kind(),
                application.name(),
                workers.entrySet().stream()
                        .map(worker -> new WorkerView(worker.getKey(), worker.getValue()))
                        .toList(),
                shards);
    }

    private ShardView view(LeaseState lease, Optional<Stream> guessed, LagMeter meter) {
        Optional<Stream> stream = lease.stream() == null ? guessed : catalog.find(lease.stream());
        Optional<Lag> lag = lease.ended()
                ? Optional.of(Lag.NONE)
                : stream.flatMap(of ->
                        of.shards().find(lease.shard()).flatMap(shard -> meter.of(of, shard, lease.checkpoint())));
        return new ShardView(
                lease.stream() == null ? guessed.map(Stream::name).orElse(null) : lease.stream(),
                lease.shard(),
                lease.worker(),
                lease.checkpoint(),
                lease.ended(),
                lag.map(Lag::records).orElse(null),
                lag.map(Lag::millis).orElse(null),
                lease.changedAt());
    }

    /**
     * One application.
     *
     * @param workers those that hold leases
     * @param shards in the order of their streams and ids
     */
    public record ApplicationView(String kind, String name, List<WorkerView> workers, List<ShardView> shards) {

        public ApplicationView {
            workers = List.copyOf(workers);
            shards = List.copyOf(shards);
        }
    }

    /** @param shards how many it holds */
    public record WorkerView(String name, long shards) {}

    /**
     * One shard of an application.
     *
     * @param stream null where it is not known
     * @param worker null where nobody works on it
     * @param recordsBehind null where it is not known
     * @param millisBehind null where it is not known
     * @param changedAt null where it is not known
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ShardView(
            @Nullable String stream,
            String shard,
            @Nullable String worker,
            String checkpoint,
            boolean ended,
            @Nullable Long recordsBehind,
            @Nullable Long millisBehind,
            @Nullable Instant changedAt) {}
}
