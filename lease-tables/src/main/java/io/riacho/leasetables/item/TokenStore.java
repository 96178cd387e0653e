package io.riacho.leasetables.item;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tokens of transactions that were done in the last ten minutes. */
public final class TokenStore {

    private static final Duration KEPT = Duration.ofMinutes(10);

    private final JdbcClient jdbc;

    public TokenStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    enum Use {
        FIRST,
        REPEATED,
        BY_ANOTHER_REQUEST
    }

    /**
     * Marks the token as used, in the transaction that does what it stands for.
     *
     * @param request a digest of the request
     */
    Use use(String accountId, String token, byte[] request, Instant now) {
        jdbc.sql("""
                        delete from lease_tables.transaction_token where (account_id, token) in
                            (select account_id, token from lease_tables.transaction_token where done_at < ?
                             limit 100 for update skip locked)""").param(at(now.minus(KEPT))).update();
        int inserted = jdbc.sql("""
                        insert into lease_tables.transaction_token (account_id, token, request, done_at)
                        values (?, ?, ?, ?) on conflict do nothing""").params(accountId, token, request, at(now)).update();
        if (inserted == 1) {
            return Use.FIRST;
        }
        byte[] first = jdbc.sql("select request from lease_tables.transaction_token where account_id = ? and token = ?")
                .params(accountId, token)
                .query((row, _) -> row.getBytes(1))
                .single();
        return MessageDigest.isEqual(first, request) ? Use.REPEATED : Use.BY_ANOTHER_REQUEST;
    }

    private static OffsetDateTime at(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
