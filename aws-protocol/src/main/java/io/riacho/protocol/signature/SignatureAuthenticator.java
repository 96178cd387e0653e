package io.riacho.protocol.signature;

import io.riacho.protocol.Caller;
import io.riacho.protocol.SigningKeys;
import io.riacho.protocol.SigningKeys.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * AWS Signature Version 4, in the {@code Authorization} header or in the query. The checks come in AWS's order, except
 * that everything but the signature itself is checked before the body is read: a stranger's body costs nothing.
 */
public final class SignatureAuthenticator implements Authenticator {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final long SKEW_SECONDS = 300;
    /** What the SDKs sign for where a service has one endpoint for all regions; Java's says the latter to other endpoints. */
    private static final Set<String> GLOBAL_REGIONS = Set.of("us-east-1", "aws-global");

    private static final String SKEW_TEXT = "5 min.";
    private static final long MAX_EXPIRES_SECONDS = 604_800;
    private static final HexFormat HEX = HexFormat.of();

    private final SigningKeys keys;
    private final String region;
    private final Set<String> globalServices;
    private final Clock clock;

    public SignatureAuthenticator(SigningKeys keys, String region, Clock clock) {
        this(keys, region, Set.of(), clock);
    }

    /** @param globalServices the services whose requests may be signed for {@code us-east-1} or {@code aws-global}
     *     in any region */
    public SignatureAuthenticator(SigningKeys keys, String region, Set<String> globalServices, Clock clock) {
        this.keys = keys;
        this.region = region;
        this.globalServices = Set.copyOf(globalServices);
        this.clock = clock;
    }

    @Override
    public Optional<Claim> claim(RequestHead request, String service) {
        List<String> authorizations = request.headers("authorization");
        String authorization = authorizations.isEmpty() ? null : authorizations.getFirst();
        Query query = Query.parse(request.query());
        boolean presigned = query.first("X-Amz-Algorithm") != null;
        if (authorization == null && !presigned) {
            return Optional.empty();
        }
        if (authorization != null && presigned) {
            throw SignatureErrors.headerAndQuery();
        }
        if (authorizations.size() > 1) {
            throw SignatureErrors.twoHeaders();
        }
        if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return Optional.empty();
        }
        SignatureParameters parameters = authorization != null
                ? SignatureParameters.fromHeader(request, authorization)
                : SignatureParameters.fromQuery(request, query);
        SignedAt signedAt = SignedAt.parse(parameters.date());
        checkTime(signedAt, parameters.expires());
        checkSignedHeaders(request, parameters.signedHeaders());
        if (!parameters.algorithm().equals(ALGORITHM)) {
            throw SignatureErrors.unsupportedAlgorithm(parameters.algorithm());
        }
        CredentialScope scope = CredentialScope.parse(parameters.credential());
        boolean isGlobal = globalServices.contains(service) && GLOBAL_REGIONS.contains(scope.region());
        String signedRegion = isGlobal ? scope.region() : region;
        scope.check(signedAt, signedRegion, service);
        Supplier<SigningKey> find =
                () -> keys.find(scope.accessKeyId(), parameters.securityToken(), signedAt.date(), signedRegion, service)
                        .orElseThrow(SignatureErrors::unknownKey);
        SigningKey key = find.get();
        return Optional.of(new Claim() {
            @Override
            public Caller verify(byte[] bodyHash) {
                Caller caller =
                        SignatureAuthenticator.verify(request, query, parameters, signedAt, scope, key, bodyHash);
                keys.used(scope.accessKeyId(), signedRegion, service);
                return caller;
            }

            @Override
            public Caller current() {
                return find.get().caller();
            }

            @Override
            public String credential() {
                return scope.accessKeyId();
            }

            @Override
            public boolean binds(String header) {
                return contains(parameters.signedHeaders(), header);
            }
        });
    }

    private static Caller verify(
            RequestHead request,
            Query query,
            SignatureParameters parameters,
            SignedAt signedAt,
            CredentialScope scope,
            SigningKey key,
            byte[] bodyHash) {
        byte[] canonical = CanonicalRequest.of(request, query, parameters, bodyHash);
        String toSign =
                ALGORITHM + '\n' + signedAt.text() + '\n' + scope.text() + '\n' + HEX.formatHex(Sha256.hash(canonical));
        byte[] expected = HmacSha256.sign(key.key().bytes(), toSign.getBytes(StandardCharsets.ISO_8859_1));
        byte[] expectedText = HEX.formatHex(expected).getBytes(StandardCharsets.ISO_8859_1);
        byte[] givenText = parameters.signature().getBytes(StandardCharsets.ISO_8859_1);
        if (!MessageDigest.isEqual(expectedText, givenText)) {
            throw SignatureErrors.mismatch();
        }
        return key.caller();
    }

    private void checkTime(SignedAt signedAt, @Nullable String expires) {
        long now = clock.instant().getEpochSecond();
        long signed = signedAt.epochSecond();
        if (signed > now + SKEW_SECONDS) {
            throw SignatureErrors.notYetCurrent(
                    signedAt.text(), SignedAt.format(now + SKEW_SECONDS), SignedAt.format(now), SKEW_TEXT);
        }
        long valid = expires == null ? SKEW_SECONDS : seconds(expires);
        if (signed < now - valid) {
            throw SignatureErrors.expired(
                    signedAt.text(),
                    SignedAt.format(now - valid),
                    SignedAt.format(now),
                    expires == null ? SKEW_TEXT : valid + " sec.");
        }
    }

    private static long seconds(String expires) {
        long seconds = 0;
        for (int i = 0; i < expires.length() && seconds <= MAX_EXPIRES_SECONDS; i++) {
            char c = expires.charAt(i);
            if (c < '0' || c > '9') {
                throw SignatureErrors.malformedExpiry(expires);
            }
            seconds = seconds * 10 + (c - '0');
        }
        if (seconds < 1 || seconds > MAX_EXPIRES_SECONDS) {
            throw SignatureErrors.malformedExpiry(expires);
        }
        return seconds;
    }

    /** The target is part of what is asked for, so an unsigned one could be exchanged on the way. */
    private static void checkSignedHeaders(RequestHead request, String names) {
        if (!contains(names, "host") && !contains(names, ":authority")) {
            throw SignatureErrors.hostNotSigned();
        }
        if (!contains(names, "x-amz-target") && request.header("x-amz-target") != null) {
            throw SignatureErrors.headerNotSigned("X-Amz-Target");
        }
    }

    /** @param name in small letters */
    private static boolean contains(String names, String name) {
        String lower = names.toLowerCase(Locale.ROOT);
        int at = lower.indexOf(name);
        while (at >= 0) {
            int end = at + name.length();
            if ((at == 0 || lower.charAt(at - 1) == ';') && (end == lower.length() || lower.charAt(end) == ';')) {
                return true;
            }
            at = lower.indexOf(name, end);
        }
        return false;
    }
}
