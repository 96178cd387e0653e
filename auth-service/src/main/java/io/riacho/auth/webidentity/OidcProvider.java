package io.riacho.auth.webidentity;

import java.util.Set;

/**
 * A provider whose tokens are taken.
 *
 * @param arn as trust policies name it
 * @param issuer the {@code iss} of its tokens
 * @param audiences one of these must be a token's {@code aud}
 * @param isOperators whether the server's operator named it, in the configuration: it may then be in a private network and
 *     go without TLS. Providers that a caller of IAM named may not: they could be used to look into the network
 */
public record OidcProvider(String arn, String issuer, Set<String> audiences, boolean isOperators) {

    public OidcProvider {
        audiences = Set.copyOf(audiences);
    }

    /** The ARN of the provider with this issuer: AWS takes the issuer without its scheme for the name. */
    public static String arnOf(String accountId, String issuer) {
        return "arn:aws:iam::" + accountId + ":oidc-provider/" + nameOf(issuer);
    }

    static String nameOf(String issuer) {
        int scheme = issuer.indexOf("://");
        return scheme < 0 ? issuer : issuer.substring(scheme + 3);
    }
}
