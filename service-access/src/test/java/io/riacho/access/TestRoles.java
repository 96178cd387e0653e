package io.riacho.access;

import io.riacho.protocol.role.RoleCredentials;
import io.riacho.protocol.role.RoleException;
import io.riacho.protocol.role.RoleException.Reason;
import io.riacho.protocol.role.ServiceRoles;
import io.riacho.protocol.role.ServiceSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions of one hour of whatever role, numbered, by a clock that tests set; auth-service is no part of this module. */
final class TestRoles implements ServiceRoles, InstantSource {

    static final String ROLE = "arn:aws:iam::123456789012:role/reader";
    static final ServiceSession SESSION = new ServiceSession(
            "firehose.amazonaws.com",
            "orders",
            "arn:aws:firehose:us-east-1:123456789012:deliverystream/orders",
            "123456789012");

    private final List<ServiceSession> begun = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-26T12:00:00Z");
    private @Nullable Reason refusal;
    private int asked;

    RoleCredentialsProvider provider() {
        return new RoleCredentialsProvider(this, ROLE, SESSION, this);
    }

    @Override
    public synchronized RoleCredentials assume(String roleArn, ServiceSession session) {
        asked++;
        if (refusal != null) {
            throw new RoleException(refusal, roleArn + " is refused");
        }
        begun.add(session);
        return new RoleCredentials(
                "ASIA" + begun.size(), "secret", "token-" + begun.size(), now.plus(Duration.ofHours(1)));
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    synchronized void pass(Duration time) {
        now = now.plus(time);
    }

    /** @param reason null for no more */
    synchronized void refuse(@Nullable Reason reason) {
        refusal = reason;
    }

    /** How often somebody wanted the role. */
    synchronized int asked() {
        return asked;
    }
}
