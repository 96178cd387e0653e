package io.riacho.streams.consumer;

import io.riacho.policy.InvalidPolicyException;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.streams.stream.ResourcePermissions;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamHistory;
import io.riacho.streams.stream.StreamNaming;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;

/** Consumers in PostgreSQL. Every change is one transaction. A deleted stream's consumers go with it. */
public final class ConsumerStore {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final StreamNaming naming;
    private final StreamHistory history;

    public ConsumerStore(JdbcClient jdbc, TransactionTemplate transaction, StreamNaming naming, StreamHistory history) {
        this.history = history;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.naming = naming;
    }

    List<Consumer> load() {
        Map<Long, Map<String, String>> tags = new HashMap<>();
        jdbc.sql("select consumer_id, key, value from streams.consumer_tag").query(row -> {
            tags.computeIfAbsent(row.getLong(1), _ -> new HashMap<>()).put(row.getString(2), row.getString(3));
        });
        return jdbc.sql("""
            select c.id, c.stream_id, s.name, c.name, c.created_at, c.status, c.resource_policy
            from streams.consumer c join streams.stream s on s.id = c.stream_id\
            """)
                .query((row, _) -> consumer(row, tags.getOrDefault(row.getLong(1), Map.of())))
                .list();
    }

    /** Stores a new consumer, which gets its id here. */
    Consumer insert(Stream stream, String name, Instant createdAt, Map<String, String> tags) {
        Long id = transaction.execute(_ -> {
            long stored = jdbc.sql("""
                insert into streams.consumer (stream_id, name, created_at, status)
                values (:stream, :name, :createdAt, :status) returning id\
                """)
                    .param("stream", stream.id())
                    .param("name", name)
                    .param("createdAt", OffsetDateTime.ofInstant(createdAt, ZoneOffset.UTC))
                    .param("status", ConsumerStatus.CREATING.toString())
                    .query(Long.class)
                    .single();
            insertTags(stored, tags);
            history.changed(stream.id());
            return stored;
        });
        if (id == null) {
            throw new IllegalStateException("a transaction without a result");
        }
        String arn = Consumer.arn(stream.arn(), name, createdAt);
        return new Consumer(
                id,
                stream.id(),
                stream.name(),
                name,
                arn,
                createdAt,
                ConsumerStatus.CREATING,
                sorted(tags),
                new ResourcePermissions(arn, naming.accountId(), tags, null));
    }

    /** Stores the state, the tags and the policy. */
    void update(Consumer before, Consumer after) {
        NamedPolicy policy = after.policy();
        transaction.executeWithoutResult(_ -> {
            jdbc.sql("update streams.consumer set status = :status, resource_policy = :policy where id = :id")
                    .param("status", after.status().toString())
                    .param("policy", policy == null ? null : policy.document().text())
                    .param("id", after.id())
                    .update();
            if (!before.tags().equals(after.tags())) {
                jdbc.sql("delete from streams.consumer_tag where consumer_id = :id")
                        .param("id", after.id())
                        .update();
                insertTags(after.id(), after.tags());
            }
            if (before.status() != after.status()) {
                history.changed(after.streamId());
            }
        });
    }

    void delete(Consumer consumer) {
        transaction.executeWithoutResult(_ -> {
            jdbc.sql("delete from streams.consumer where id = :id")
                    .param("id", consumer.id())
                    .update();
            history.changed(consumer.streamId());
        });
    }

    static SortedMap<String, String> sorted(Map<String, String> tags) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }

    private void insertTags(long id, Map<String, String> tags) {
        tags.forEach((key, value) -> jdbc.sql(
                        "insert into streams.consumer_tag (consumer_id, key, value) values (:id, :key, :value)")
                .param("id", id)
                .param("key", key)
                .param("value", value)
                .update());
    }

    private Consumer consumer(ResultSet row, Map<String, String> tags) throws SQLException {
        String streamName = row.getString(3);
        String name = row.getString(4);
        Instant createdAt = row.getObject(5, OffsetDateTime.class).toInstant();
        String arn = Consumer.arn(naming.arnOf(streamName), name, createdAt);
        return new Consumer(
                row.getLong(1),
                row.getLong(2),
                streamName,
                name,
                arn,
                createdAt,
                ConsumerStatus.fromValue(row.getString(6)),
                sorted(tags),
                new ResourcePermissions(arn, naming.accountId(), tags, policy(row.getString(7), arn)));
    }

    /** A policy that is not understood may forbid anything, so the consumer cannot be served without it. */
    private static @Nullable NamedPolicy policy(@Nullable String text, String arn) {
        if (text == null) {
            return null;
        }
        try {
            return new NamedPolicy(arn, PolicyDocument.parse(text, PolicyKind.RESOURCE));
        } catch (InvalidPolicyException e) {
            throw new IllegalStateException("The stored resource policy of " + arn + " is not valid", e);
        }
    }
}
