package io.riacho.streams.stream;

import io.riacho.streams.shard.Shard;
import io.riacho.streams.shard.ShardMap;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.transaction.support.TransactionTemplate;

/** Streams and their shards in PostgreSQL. Every change is one transaction. */
final class StreamStore {

    private final EntityManager entities;
    private final TransactionTemplate transaction;
    private final StreamMapping mapping;
    private final StreamHistory history;

    StreamStore(EntityManager entities, TransactionTemplate transaction, StreamMapping mapping, StreamHistory history) {
        this.history = history;
        this.entities = entities;
        this.transaction = transaction;
        this.mapping = mapping;
    }

    /** Every stream with its shards. */
    List<Stream> load() {
        return required(() -> {
            Map<Long, List<ShardEntity>> shards = new HashMap<>();
            entities.createQuery("from ShardEntity", ShardEntity.class)
                    .getResultStream()
                    .forEach(shard -> shards.computeIfAbsent(shard.streamId, _ -> new ArrayList<>())
                            .add(shard));
            return entities
                    .createQuery("select distinct s from StreamEntity s left join fetch s.tags", StreamEntity.class)
                    .getResultList()
                    .stream()
                    .map(stream -> mapping.toStream(stream, shards.getOrDefault(stream.id, List.of())))
                    .toList();
        });
    }

    /** Numbers for a new stream and for shards, never given twice. */
    long nextStreamId() {
        return nextOf("streams.stream_id", 1).getFirst();
    }

    List<Long> nextShardNumbers(int count) {
        return nextOf("streams.shard_number", count);
    }

    void insert(Stream stream) {
        run(() -> {
            StreamEntity entity = new StreamEntity();
            mapping.fill(entity, stream);
            entities.persist(entity);
            stream.shards().all().forEach(shard -> entities.persist(mapping.toEntity(stream.id(), shard)));
            remember(stream);
        });
    }

    void update(Stream before, Stream after) {
        run(() -> {
            // Found, not referred to: what is written to the fields of a reference's proxy is not stored.
            StreamEntity entity = entities.find(StreamEntity.class, after.id());
            if (entity == null) {
                throw new IllegalStateException("Stream " + after.name() + " is not in the database");
            }
            mapping.fill(entity, after);
            if (before.shards() != after.shards()) {
                updateShards(after.id(), after.shards());
            }
            remember(after);
        });
    }

    void delete(Stream stream) {
        run(() -> {
            entities.createQuery("delete from ShardEntity where streamId = :id")
                    .setParameter("id", stream.id())
                    .executeUpdate();
            StreamEntity entity = entities.find(StreamEntity.class, stream.id());
            if (entity != null) {
                entities.remove(entity);
            }
            remember(stream);
        });
    }

    /** The history reads the tables, not the entities. */
    private void remember(Stream stream) {
        entities.flush();
        history.changed(stream.id());
    }

    private void updateShards(long streamId, ShardMap after) {
        Map<Long, ShardEntity> stored = new HashMap<>();
        entities.createQuery("from ShardEntity where streamId = :id", ShardEntity.class)
                .setParameter("id", streamId)
                .getResultStream()
                .forEach(shard -> stored.put(shard.number, shard));
        for (Shard shard : after.all()) {
            ShardEntity entity = stored.remove(shard.number());
            if (entity == null) {
                entities.persist(mapping.toEntity(streamId, shard));
            } else {
                entity.closedAt = shard.closedAt();
            }
        }
        stored.values().forEach(entities::remove);
    }

    @SuppressWarnings("unchecked")
    private List<Long> nextOf(String sequence, int count) {
        return required(() -> entities.createNativeQuery(
                        "select nextval('" + sequence + "') from generate_series(1, :count)", Long.class)
                .setParameter("count", count)
                .getResultList());
    }

    private void run(Runnable work) {
        transaction.executeWithoutResult(_ -> work.run());
    }

    private <T> T required(java.util.function.Supplier<T> work) {
        T result = transaction.execute(_ -> work.get());
        if (result == null) {
            throw new IllegalStateException("a transaction without a result");
        }
        return result;
    }
}
