package io.riacho.leases;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;

/** Leases as rows of the table, which queries call {@code l}. */
final class LeaseRows {

    static final String COLUMNS = "l.shard, l.parents, l.owner, l.epoch, l.wanted_by, l.checkpoint, l.millis_behind,"
            + " l.checkpointed_at, l.ended,"
            + " (l.owner is not null and l.expires_at > clock_timestamp()) as live";

    private LeaseRows() {}

    static Lease lease(ResultSet row, int number) throws SQLException {
        long behind = row.getLong("millis_behind");
        boolean told = !row.wasNull();
        Timestamp checkpointedAt = row.getTimestamp("checkpointed_at");
        return new Lease(
                row.getString("shard"),
                List.of((String[]) row.getArray("parents").getArray()),
                row.getString("owner"),
                row.getBoolean("live"),
                row.getLong("epoch"),
                row.getString("wanted_by"),
                row.getString("checkpoint"),
                told ? behind : null,
                checkpointedAt == null ? null : checkpointedAt.toInstant(),
                row.getBoolean("ended"));
    }
}
