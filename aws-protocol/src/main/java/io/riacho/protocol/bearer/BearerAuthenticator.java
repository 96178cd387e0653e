package io.riacho.protocol.bearer;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.BearerTokens;
import io.riacho.protocol.Caller;
import io.riacho.protocol.signature.Authenticator;
import io.riacho.protocol.signature.NamedClaim;
import io.riacho.protocol.signature.RequestHead;
import io.riacho.protocol.signature.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** {@code Authorization: Bearer …}. Unlike a signature, a token does not bind the body. */
public final class BearerAuthenticator implements Authenticator {

    private static final String SCHEME = "Bearer ";

    /** Longer than any token that is issued; what is longer is not looked at. */
    private static final int LONGEST = 8192;

    private static final int FINGERPRINT_BYTES = 8;

    private final BearerTokens tokens;

    public BearerAuthenticator(BearerTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Optional<Claim> claim(RequestHead request, String service) {
        String authorization = request.header("authorization");
        if (authorization == null || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Optional.empty();
        }
        String token = authorization.substring(SCHEME.length()).strip();
        if (token.isEmpty()
                || token.length() > LONGEST
                || request.headers("authorization").size() > 1) {
            throw invalid();
        }
        Caller caller = find(token);
        return Optional.of(new NamedClaim(fingerprint(token), _ -> caller, () -> find(token)));
    }

    private Caller find(String token) {
        return tokens.find(token).orElseThrow(BearerAuthenticator::invalid);
    }

    private static AwsException invalid() {
        return AwsException.badRequest(
                "UnrecognizedClientException", "The security token included in the request is invalid.");
    }

    /** Names the token to those who have it, and gives nothing of it to others. */
    private static String fingerprint(String token) {
        byte[] hash = Sha256.hash(token.getBytes(StandardCharsets.UTF_8));
        return "token-" + HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
    }
}
