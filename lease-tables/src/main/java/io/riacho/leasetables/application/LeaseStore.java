package io.riacho.leasetables.application;

import io.riacho.leasetables.value.ItemBytes;
import io.riacho.leasetables.value.Value;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds leases among the items of tables. KCL's tables have the hash key {@code leaseKey} alone; KCL 3 keeps other
 * entities in them, too, which have an {@code entityType} of their own. The leases of an application that reads several
 * streams have {@code account:stream:creation} in {@code streamName}, and {@code shardId}.
 */
public final class LeaseStore implements LeaseTables {

    private static final int MOST_LEASES = 20_000;
    private static final int FETCHED = 256;

    /** No lease is larger: its longest parts are the ids of a few shards. */
    private static final int LARGEST_LEASE = 16 * 1024;

    private final JdbcClient jdbc;

    public LeaseStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<LeaseApplication> applications() {
        List<LeaseApplication> applications = new ArrayList<>();
        jdbc.sql("""
                        select id, name from lease_tables.table_definition
                        where hash_name = 'leaseKey' and hash_type = 'S' and range_name is null order by name""")
                .query((row, _) -> new Named(row.getLong(1), row.getString(2)))
                .list()
                .forEach(table -> {
                    List<ShardLease> leases = leases(table.id());
                    if (!leases.isEmpty()) {
                        applications.add(new LeaseApplication(table.name(), leases));
                    }
                });
        return applications;
    }

    private record Named(long id, String name) {}

    private List<ShardLease> leases(long tableId) {
        List<ShardLease> leases = new ArrayList<>();
        jdbc.sql("""
                        select attributes, changed_at from lease_tables.item
                        where table_id = ? and size <= ? order by partition limit ?""")
                .params(tableId, LARGEST_LEASE, MOST_LEASES)
                .withFetchSize(FETCHED)
                .query(row -> {
                    Instant changedAt = row.getObject(2, OffsetDateTime.class).toInstant();
                    lease(ItemBytes.read(row.getBytes(1)), changedAt).ifPresent(leases::add);
                });
        leases.sort(Comparator.comparing(ShardLease::key));
        return leases;
    }

    /** Empty where the item is no lease on a shard. */
    static Optional<ShardLease> lease(Value.Document item, Instant changedAt) {
        String key = text(item, "leaseKey");
        String checkpoint = text(item, "checkpoint");
        String entity = text(item, "entityType");
        if (key == null || checkpoint == null || (entity != null && !entity.equals("LEASE"))) {
            return Optional.empty();
        }
        if (!(item.get("leaseCounter") instanceof Value.Decimal(var counter))) {
            return Optional.empty();
        }
        String shard = text(item, "shardId");
        return Optional.of(new ShardLease(
                key,
                stream(text(item, "streamName")),
                shard != null ? shard : key,
                text(item, "leaseOwner"),
                counter.longValue(),
                checkpoint,
                changedAt));
    }

    /** The name within {@code account:name:creation}. */
    private static @Nullable String stream(@Nullable String identifier) {
        if (identifier == null) {
            return null;
        }
        String[] parts = identifier.split(":", 3);
        return parts.length == 3 ? parts[1] : identifier;
    }

    private static @Nullable String text(Value.Document item, String name) {
        return item.get(name) instanceof Value.Text(String text) ? text : null;
    }
}
