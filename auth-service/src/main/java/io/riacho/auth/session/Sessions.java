package io.riacho.auth.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.crypto.tink.Aead;
import io.riacho.auth.authority.SessionKeys;
import io.riacho.auth.rotation.RotatingKeys;
import io.riacho.protocol.Caller;
import io.riacho.protocol.SigningKeys.SigningKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Begins sessions, and tells whose credentials a request was signed with. Nothing of a session is stored but its early
 * end; what its owner may do is asked anew for each request. Safe for use by many threads.
 */
public final class Sessions implements SessionKeys {

    private static final int MAX_OPENED = 10_000;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int ID_RANDOM_LETTERS = 16;
    private static final int SECRET_BYTES = 30;

    private final SealedSessions sealed;
    private final SessionCallers callers;
    private final SessionRevocations revocations;
    private final InstantSource clock;
    private final Cache<Given, OpenedSession> opened = Caffeine.newBuilder()
            .maximumSize(MAX_OPENED)
            .expireAfterAccess(Duration.ofMinutes(10))
            .build();

    public Sessions(
            RotatingKeys<Aead> keys, SessionCallers callers, SessionRevocations revocations, InstantSource clock) {
        this.sealed = new SealedSessions(keys);
        this.callers = callers;
        this.revocations = revocations;
        this.clock = clock;
    }

    public static RotatingKeys.Kind<Aead> sealKeys() {
        return SealKeys.KIND;
    }

    public TemporaryCredentials begin(Session session) {
        StringBuilder id = new StringBuilder("ASIA");
        for (int i = 0; i < ID_RANDOM_LETTERS; i++) {
            id.append(ID_LETTERS.charAt(RANDOM.nextInt(ID_LETTERS.length())));
        }
        byte[] random = new byte[SECRET_BYTES];
        RANDOM.nextBytes(random);
        String accessKeyId = id.toString();
        String secret = Base64.getEncoder().encodeToString(random);
        String token = sealed.seal(accessKeyId, new SealedSessions.Content(session, secret));
        return new TemporaryCredentials(accessKeyId, secret, token, session.expiresAt());
    }

    @Override
    public Optional<SigningKey> find(
            String accessKeyId, @Nullable String sessionToken, LocalDate date, String region, String service) {
        if (sessionToken == null) {
            return Optional.empty();
        }
        OpenedSession session = open(new Given(accessKeyId, sessionToken));
        if (session == null) {
            return Optional.empty();
        }
        if (!clock.instant().isBefore(session.session().expiresAt())) {
            throw SessionErrors.expired();
        }
        if (isKeptFrom(session.session(), service) || revocations.isRevoked(accessKeyId, session.session())) {
            return Optional.empty();
        }
        Optional<Caller> caller = callers.of(session);
        return caller.map(found -> new SigningKey(session.derive(date, region, service), found));
    }

    /** Empty where the token is not of this access key. */
    Optional<Session> read(String accessKeyId, String sessionToken) {
        return Optional.ofNullable(open(new Given(accessKeyId, sessionToken))).map(OpenedSession::session);
    }

    private @Nullable OpenedSession open(Given given) {
        OpenedSession known = opened.getIfPresent(given);
        if (known != null) {
            return known;
        }
        OpenedSession found = sealed.open(given.accessKeyId, given.token)
                .map(content -> OpenedSession.of(given.accessKeyId, content))
                .orElse(null);
        if (found != null) {
            opened.put(given, found);
        }
        return found;
    }

    /** IAM cannot be called during a session without a second factor, and there is none here. See GetSessionToken. */
    private static boolean isKeptFrom(Session session, String service) {
        return service.equals("iam")
                && (session.kind() == Session.Kind.USER
                        || session.kind() == Session.Kind.ROOT
                        || session.kind() == Session.Kind.FEDERATED);
    }

    private record Given(String accessKeyId, String token) {

        @Override
        public String toString() {
            return "Given[" + accessKeyId + "]";
        }
    }
}
