package io.riacho.auth.kms.grant;

import io.riacho.auth.kms.error.KmsErrors;
import io.riacho.auth.root.RootKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * Grant tokens: a grant's id, sealed. A grant holds here as soon as it is made, so that nobody needs its token to use it;
 * it serves to retire the grant. Safe for use by many threads.
 */
public final class GrantTokens {

    private static final String PURPOSE = "kms-grant-token";

    private final RootKey rootKey;

    public GrantTokens(RootKey rootKey) {
        this.rootKey = rootKey;
    }

    public String of(Grant grant) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(rootKey.seal(grant.id().getBytes(StandardCharsets.US_ASCII), PURPOSE));
    }

    /**
     * The id of the grant, which may be gone by now.
     *
     * @throws io.riacho.protocol.AwsException InvalidGrantTokenException where it is no token of ours
     */
    public String open(String token) {
        try {
            return new String(rootKey.open(Base64.getUrlDecoder().decode(token), PURPOSE), StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            throw KmsErrors.invalidGrantToken();
        }
    }
}
