package io.riacho.auth.iam.accesskey;

import java.time.Instant;
import org.springframework.jdbc.core.RowMapper;

/** An access key without its secret. */
public record AccessKeyRow(String id, String userId, boolean active, Instant createdAt) {

    static final RowMapper<AccessKeyRow> MAPPER = (row, _) -> new AccessKeyRow(
            row.getString("id"),
            row.getString("user_id"),
            row.getBoolean("active"),
            row.getTimestamp("created_at").toInstant());
}
