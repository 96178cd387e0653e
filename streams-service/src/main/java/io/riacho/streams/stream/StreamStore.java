package io.riacho.streams.stream;

import io.riacho.streams.shard.Shard;
import io.riacho.streams.shard.ShardMap;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.transaction.support.TransactionTemplate;

/** Streams and their shards in PostgreSQL. Every change is one transaction. */
final class StreamStore {

    private final EntityManager entities;
    private final TransactionTemplate transaction;
    private final StreamMapping mapping;

    StreamStore(EntityManager entities, TransactionTemplate transaction, StreamMapping mapping) {
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
        });
    }

    void update(Stream before, Stream after) {
        run(() -> {
            mapping.fill(entities.getReference(StreamEntity.class, after.id()), after);
            if (before.shards() != after.shards()) {
                updateShards(after.id(), before.shards(), after.shards());
            }
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
        });
    }

    private void updateShards(long streamId, ShardMap before, ShardMap after) {
        Map<Long, Shard> old = new HashMap<>();
        before.all().forEach(shard -> old.put(shard.number(), shard));
        Set<Long> kept = new HashSet<>();
        for (Shard shard : after.all()) {
            kept.add(shard.number());
            Shard was = old.get(shard.number());
            if (was == null) {
                entities.persist(mapping.toEntity(streamId, shard));
            } else if (was != shard) {
                Instant closedAt = shard.closedAt();
                entities.getReference(ShardEntity.class, shard.number()).closedAt = closedAt;
            }
        }
        old.keySet().stream()
                .filter(number -> !kept.contains(number))
                .forEach(number -> entities.remove(entities.getReference(ShardEntity.class, number)));
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
