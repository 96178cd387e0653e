package io.riacho.firehose.intent;

import io.riacho.leases.ApplicationLeases;
import io.riacho.leases.HeldLease;
import io.riacho.leases.NewLease;
import io.riacho.usage.hours.Amounts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Intents and how far lanes are, in PostgreSQL. Each change is one transaction with the lease of the shard, so that a
 * worker which has lost its lease changes nothing. Safe for use by many threads.
 */
public final class IntentStore {

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final Consumer<Amounts> meter;

    /** @param meter takes what was used, in the transaction that says so */
    public IntentStore(JdbcClient jdbc, TransactionTemplate transactions, Consumer<Amounts> meter) {
        this.meter = meter;
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** What is there of a shard, once its lease is taken. */
    public ShardIntents load(UUID deliveryStream, String shard) {
        Map<String, Intent> pending = new HashMap<>();
        jdbc.sql("select id, lane, after_position, last_position, version, begun_at from firehose.intent"
                        + " where delivery_stream = :stream and shard = :shard")
                .param("stream", deliveryStream)
                .param("shard", shard)
                .query((row, _) -> intent(row))
                .list()
                .forEach(intent -> pending.put(intent.lane(), intent));
        Map<String, BigInteger> delivered = new HashMap<>();
        jdbc.sql("select lane, position from firehose.delivered where delivery_stream = :stream and shard = :shard")
                .param("stream", deliveryStream)
                .param("shard", shard)
                .query((row, _) -> Map.entry(
                        row.getString("lane"), row.getBigDecimal("position").toBigIntegerExact()))
                .list()
                .forEach(entry -> delivered.put(entry.getKey(), entry.getValue()));
        return new ShardIntents(pending, delivered);
    }

    /**
     * Writes down what is about to be delivered. May be called again where it is not known whether it was committed.
     *
     * @throws io.riacho.leases.LeaseLostException where the lease has changed hands
     */
    public void begin(ApplicationLeases leases, HeldLease held, UUID deliveryStream, Intent intent) {
        transactions.executeWithoutResult(_ -> {
            leases.guard(held);
            jdbc.sql("insert into firehose.intent"
                            + " (id, delivery_stream, shard, lane, after_position, last_position, version, begun_at)"
                            + " values (:id, :stream, :shard, :lane, :after, :last, :version, :begun)"
                            + " on conflict (id) do nothing")
                    .param("id", intent.id())
                    .param("stream", deliveryStream)
                    .param("shard", held.shard())
                    .param("lane", intent.lane())
                    .param("after", decimal(intent.after()), Types.NUMERIC)
                    .param("last", decimal(intent.last()), Types.NUMERIC)
                    .param("version", intent.version())
                    .param("begun", intent.begun().atOffset(ZoneOffset.UTC))
                    .update();
        });
    }

    /**
     * Writes down that it is delivered, and how far the shard is with it.
     *
     * <p>May be called again where it is not known whether it was committed: what was used counts with the intent's deletion,
     * which happens once.
     *
     * @param checkpoint up to which position all of the shard's records are done with; null where that is the same as before
     * @param used by the delivery, and by what lies up to the checkpoint
     * @throws io.riacho.leases.LeaseLostException where the lease has changed hands
     */
    public void end(
            ApplicationLeases leases,
            HeldLease held,
            UUID deliveryStream,
            Intent intent,
            @Nullable BigInteger checkpoint,
            @Nullable Long millisBehind,
            Amounts used) {
        transactions.executeWithoutResult(_ -> {
            if (checkpoint == null) {
                leases.guard(held);
            } else {
                leases.checkpoint(held, checkpoint.toString(), millisBehind);
                jdbc.sql("delete from firehose.delivered where delivery_stream = :stream and shard = :shard"
                                + " and position <= :checkpoint")
                        .param("stream", deliveryStream)
                        .param("shard", held.shard())
                        .param("checkpoint", decimal(checkpoint), Types.NUMERIC)
                        .update();
            }
            if (checkpoint == null || checkpoint.compareTo(intent.last()) < 0) {
                jdbc.sql("insert into firehose.delivered as d (delivery_stream, shard, lane, position) values"
                                + " (:stream, :shard, :lane, :position) on conflict (delivery_stream, shard, lane)"
                                + " do update set position = excluded.position")
                        .param("stream", deliveryStream)
                        .param("shard", held.shard())
                        .param("lane", intent.lane())
                        .param("position", decimal(intent.last()), Types.NUMERIC)
                        .update();
            }
            int ended = jdbc.sql("delete from firehose.intent where id = :id")
                    .param("id", intent.id())
                    .update();
            if (ended > 0) {
                meter.accept(used);
            }
        });
    }

    /**
     * Writes down how far the shard is where nothing of it is delivered. Where this fails, what is in memory of the shard
     * is not to be used any more: nobody knows what was committed.
     *
     * @param used by what lies up to the checkpoint
     * @throws io.riacho.leases.LeaseLostException where the lease has changed hands
     */
    public void checkpoint(
            ApplicationLeases leases,
            HeldLease held,
            BigInteger checkpoint,
            @Nullable Long millisBehind,
            Amounts used) {
        transactions.executeWithoutResult(_ -> {
            leases.checkpoint(held, checkpoint.toString(), millisBehind);
            meter.accept(used);
        });
    }

    /**
     * Ends the lease of a shard that is at its end and delivered, and forgets what lanes were ahead.
     *
     * @param last the shard's last position, or its name where it had none
     * @param used by what lies behind the last checkpoint
     */
    public void finish(
            ApplicationLeases leases,
            HeldLease held,
            UUID deliveryStream,
            String last,
            List<NewLease> children,
            Amounts used) {
        transactions.executeWithoutResult(_ -> {
            jdbc.sql("delete from firehose.delivered where delivery_stream = :stream and shard = :shard")
                    .param("stream", deliveryStream)
                    .param("shard", held.shard())
                    .update();
            leases.end(held, last, children);
            meter.accept(used);
        });
    }

    /** Forgets everything about a delivery stream that is deleted. */
    public void forget(UUID deliveryStream) {
        jdbc.sql("delete from firehose.intent where delivery_stream = :stream")
                .param("stream", deliveryStream)
                .update();
        jdbc.sql("delete from firehose.delivered where delivery_stream = :stream")
                .param("stream", deliveryStream)
                .update();
    }

    private static Intent intent(ResultSet row) throws SQLException {
        BigDecimal after = row.getBigDecimal("after_position");
        Instant begun = row.getObject("begun_at", OffsetDateTime.class).toInstant();
        return new Intent(
                row.getObject("id", UUID.class),
                row.getString("lane"),
                after == null ? null : after.toBigIntegerExact(),
                row.getBigDecimal("last_position").toBigIntegerExact(),
                row.getString("version"),
                begun);
    }

    private static @Nullable BigDecimal decimal(@Nullable BigInteger position) {
        return position == null ? null : new BigDecimal(position);
    }
}
