package io.riacho.auth.credentials;

import io.riacho.auth.identity.Identities;
import io.riacho.auth.identity.Role;
import io.riacho.auth.rest.JsonBody;
import io.riacho.auth.session.SessionRevocations;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.Caller;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.rest.RestBody;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Ends sessions early: one by its access key, or all of a user or role that began before a time. */
@RestController
public final class RevocationController {

    private static final Pattern SESSION_KEY = Pattern.compile("ASIA[A-Z2-7]{16}");

    /** Longer than any session lasts. */
    private static final Duration KEPT = Duration.ofHours(37);

    private final SessionRevocations revocations;
    private final Identities identities;
    private final InstantSource clock;

    public RevocationController(SessionRevocations revocations, Identities identities, InstantSource clock) {
        this.revocations = revocations;
        this.identities = identities;
        this.clock = clock;
    }

    /**
     * What is to end.
     *
     * @param accessKeyId of one session
     * @param principalArn the user or role whose sessions and access tokens are to end
     * @param issuedBefore ISO 8601; now where it is not given
     */
    record Revocation(
            @Nullable String accessKeyId,
            @Nullable String principalArn,
            @Nullable String issuedBefore) {}

    @PostMapping("/v1/session-revocations")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void revoke(RequestContext context, RestBody body) {
        Revocation asked = JsonBody.read(body, Revocation.class);
        if ((asked.accessKeyId() == null) == (asked.principalArn() == null)) {
            throw invalid("Either accessKeyId or principalArn has to be given");
        }
        if (asked.accessKeyId() != null) {
            context.require(Permission.of("riacho:RevokeSession", "*", context.accountId()));
            if (!SESSION_KEY.matcher(asked.accessKeyId()).matches() || asked.issuedBefore() != null) {
                throw invalid("accessKeyId: the id of a temporary access key, without issuedBefore");
            }
            revocations.revoke(asked.accessKeyId(), clock.instant().plus(KEPT));
        } else {
            String arn = JsonBody.required("principalArn", asked.principalArn());
            context.require(new Permission("riacho:RevokeSessions", arn, context.accountId(), Map.of(), null, false));
            revocations.revokeBefore(idOf(arn), before(asked.issuedBefore()));
        }
    }

    private Instant before(@Nullable String time) {
        try {
            Instant now = clock.instant();
            Instant before = time == null ? now : Instant.parse(time);
            if (before.isAfter(now)) {
                throw invalid("issuedBefore: not in the future");
            }
            return before;
        } catch (DateTimeParseException e) {
            throw invalid("issuedBefore: a time in UTC, such as 2026-11-26T10:00:00Z");
        }
    }

    private String idOf(String arn) {
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        Optional<String> id = arn.contains(":user/")
                ? identities.user(name).filter(user -> user.arn().equals(arn)).map(Caller::userId)
                : identities.role(name).filter(role -> role.arn().equals(arn)).map(Role::id);
        return id.orElseThrow(() -> AwsException.of("NoSuchEntity", 404, "There is no user or role " + arn));
    }

    private static AwsException invalid(String message) {
        return AwsException.badRequest("ValidationException", message);
    }
}
