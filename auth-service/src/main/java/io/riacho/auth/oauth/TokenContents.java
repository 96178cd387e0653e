package io.riacho.auth.oauth;

import io.riacho.auth.identity.Identities;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** What tokens say: access tokens as RFC 9068 has them. The subject is a client's id, or a user's unique id. */
final class TokenContents implements OAuth2TokenCustomizer<JwtEncodingContext> {

    /** The claim with a user's name. */
    static final String USER = "username";

    static final String CLIENT = "client_id";

    /** The claim with what the token was granted with, where that lasts longer than the token. */
    static final String GRANT = "grant";

    static final String TYPE = "at+jwt";

    private final Identities identities;
    private final RootSignIn root;
    private final OAuthSettings settings;

    TokenContents(Identities identities, RootSignIn root, OAuthSettings settings) {
        this.root = root;
        this.identities = identities;
        this.settings = settings;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        Optional<SignedInUser> user =
                SignedInUser.parse(((Authentication) Objects.requireNonNull(context.getPrincipal())).getName());
        user.ifPresent(this::requireStillThere);
        String clientId = context.getRegisteredClient().getClientId();
        context.getClaims().subject(user.map(SignedInUser::id).orElse(clientId));
        if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
            context.getJwsHeader().algorithm(SignatureAlgorithm.ES256).type(TYPE);
            context.getClaims().audience(List.of(settings.audience())).claim(CLIENT, clientId);
            user.ifPresent(signedIn -> context.getClaims().claim(USER, signedIn.name()));
            OAuth2Authorization authorization = context.getAuthorization();
            if (authorization != null) {
                context.getClaims().claim(GRANT, authorization.getId());
            }
        }
    }

    /** A refresh token does not outlive its user. */
    private void requireStillThere(SignedInUser user) {
        boolean isThere = root.isRoot(user)
                || identities
                        .user(user.name())
                        .filter(found -> found.userId().equals(user.id()))
                        .isPresent();
        if (!isThere) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
        }
    }
}
