package io.riacho.firehose.deliverystream;

import io.riacho.firehose.error.FirehoseErrors;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import software.amazon.awssdk.core.SdkPojo;

/**
 * The delivery streams that there are. They are read in memory, and changed in the database: what another process changed
 * is seen when {@link #refresh} is called next, what this process changed at once. Safe for use by many threads.
 */
public final class DeliveryStreams {

    private final TransactionTemplate transactions;
    private final DeliveryStreamStore store;
    private final DeliveryStreamNaming naming;
    private final int quota;
    private final UUID process = UUID.randomUUID();

    private final NavigableMap<String, DeliveryStream> byName = new ConcurrentSkipListMap<>();
    private final Map<UUID, DeliveryStream> byId = new ConcurrentHashMap<>();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    private final ReentrantLock refreshing = new ReentrantLock();
    private final Map<UUID, Long> seen = new ConcurrentHashMap<>();
    private long lastChange = -1;

    private DeliveryStreams(
            TransactionTemplate transactions, DeliveryStreamStore store, DeliveryStreamNaming naming, int quota) {
        this.transactions = transactions;
        this.store = store;
        this.naming = naming;
        this.quota = quota;
        refresh();
    }

    /**
     * Opens those in the database.
     *
     * @param folder of the key that their configurations are sealed with
     * @param quota how many there may be
     */
    public static DeliveryStreams open(DataSource dataSource, DeliveryStreamNaming naming, Path folder, int quota) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        SealedConfigurations configurations = new SealedConfigurations(ConfigurationKey.in(folder, jdbc, transactions));
        return new DeliveryStreams(transactions, new DeliveryStreamStore(jdbc, naming, configurations), naming, quota);
    }

    /** What was seen to have happened to a delivery stream. */
    sealed interface Event {
        record Changed(DeliveryStream stream) implements Event {}

        record Gone(DeliveryStream last) implements Event {}
    }

    public Optional<DeliveryStream> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    public Optional<DeliveryStream> find(UUID id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** @throws io.riacho.protocol.AwsException ResourceNotFoundException */
    public DeliveryStream get(String name) {
        return find(name).orElseThrow(() -> FirehoseErrors.notFound(name, naming.accountId()));
    }

    /** All as they are now, in the order of their names. */
    public Collection<DeliveryStream> all() {
        return List.copyOf(byName.values());
    }

    public DeliveryStreamNaming naming() {
        return naming;
    }

    /**
     * The complete configuration of the destination as it was in that version; reads the database. Empty where nothing that
     * was begun by it was left at an update after it.
     */
    public Optional<SdkPojo> destination(UUID id, long version) {
        return store.configuration(id, version);
    }

    /**
     * Says what is wrong with the delivery of an ACTIVE delivery stream, for DescribeDeliveryStream to tell.
     *
     * @param failure null where nothing is wrong any more
     */
    public void reportFailure(UUID id, @Nullable Failure failure) {
        DeliveryStream known = byId.get(id);
        if (known != null && known.isActive() && !Objects.equals(known.failure(), failure)) {
            change(id, stream -> stream.isActive() ? stream.with(stream.status(), failure) : stream);
        }
    }

    /** Sees what other processes have changed. */
    public void refresh() {
        refreshing.lock();
        try {
            long change = store.lastChange();
            if (change != lastChange) {
                see(store.changes());
                lastChange = change;
            }
        } finally {
            refreshing.unlock();
        }
    }

    /** @throws io.riacho.protocol.AwsException ResourceInUseException, LimitExceededException */
    DeliveryStream create(DeliveryStream stream) {
        transactions.executeWithoutResult(_ -> {
            long change = store.nextChange();
            if (store.find(stream.name()).isPresent()) {
                throw FirehoseErrors.nameInUse(stream.name(), naming.accountId());
            }
            if (store.count() >= quota) {
                throw FirehoseErrors.tooManyDeliveryStreams(quota);
            }
            store.insert(stream, change);
        });
        refresh();
        return stream;
    }

    /**
     * Changes the delivery stream as the database has it.
     *
     * @param change may throw to refuse; the same delivery stream means that there is nothing to change
     * @throws io.riacho.protocol.AwsException ResourceNotFoundException
     */
    DeliveryStream change(String name, UnaryOperator<DeliveryStream> change) {
        DeliveryStream after = transactions.execute(_ -> {
            long number = store.nextChange();
            return apply(
                    store.find(name).orElseThrow(() -> FirehoseErrors.notFound(name, naming.accountId())),
                    change,
                    number);
        });
        refresh();
        return after;
    }

    /** The same, but does nothing where there is none. */
    void change(UUID id, UnaryOperator<DeliveryStream> change) {
        transactions.executeWithoutResult(_ -> {
            long number = store.nextChange();
            store.find(id).ifPresent(before -> apply(before, change, number));
        });
        refresh();
    }

    /** Forgets a delivery stream. */
    void remove(UUID id) {
        transactions.executeWithoutResult(_ -> {
            long unused = store.nextChange();
            store.delete(id);
        });
        refresh();
    }

    /** As the database has it. */
    Optional<DeliveryStream> read(String name) {
        return store.find(name);
    }

    Optional<DeliveryStream> read(UUID id) {
        return store.find(id);
    }

    /** Whether this process leads the delivery stream out of its state, for that time. */
    boolean claim(UUID id, Duration time) {
        return store.claim(id, process, time);
    }

    void release(UUID id) {
        store.release(id, process);
    }

    /** The next that happened; null where nothing did within the time. */
    @Nullable
    Event nextEvent(Duration patience) throws InterruptedException {
        return events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private DeliveryStream apply(DeliveryStream before, UnaryOperator<DeliveryStream> change, long number) {
        DeliveryStream after = change.apply(before);
        if (after == before) {
            return before;
        }
        if (after.version() != before.version()) {
            store.replaceConfiguration(before.version(), after);
        }
        store.update(after, number);
        if (!after.tags().equals(before.tags())) {
            store.replaceTags(after);
        }
        return after;
    }

    private void see(Map<UUID, Long> changes) {
        Set<UUID> gone = new HashSet<>(seen.keySet());
        gone.removeAll(changes.keySet());
        for (UUID id : gone) {
            seen.remove(id);
            DeliveryStream last = byId.remove(id);
            if (last != null) {
                byName.remove(last.name(), last);
                events.add(new Event.Gone(last));
            }
        }
        List<UUID> changed = new ArrayList<>();
        changes.forEach((id, change) -> {
            if (!change.equals(seen.get(id))) {
                changed.add(id);
            }
        });
        if (changed.isEmpty()) {
            return;
        }
        for (DeliveryStreamRows.Changed row : store.load(changed)) {
            DeliveryStream stream = row.stream();
            seen.put(stream.id(), row.change());
            byId.put(stream.id(), stream);
            byName.put(stream.name(), stream);
            events.add(new Event.Changed(stream));
        }
    }
}
