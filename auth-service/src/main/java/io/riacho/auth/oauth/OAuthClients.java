package io.riacho.auth.oauth;

import io.riacho.auth.identity.Identities;
import io.riacho.auth.identity.Role;
import io.riacho.protocol.Arn;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.Caller;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import java.net.URI;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/**
 * Makes and removes clients. Who makes a client that acts as a user or role, or gives it a new secret, can act as that
 * user or role from then on: so it needs what it takes to make an access key for the user, or to pass the role.
 */
final class OAuthClients {

    private static final Pattern NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
    private static final int MOST_URIS = 10;
    private static final int LONGEST_URI = 512;
    private static final int PAGE = 100;

    private final ClientStore clients;
    private final Identities identities;
    private final InstantSource clock;

    OAuthClients(ClientStore clients, Identities identities, InstantSource clock) {
        this.clients = clients;
        this.identities = identities;
        this.clock = clock;
    }

    /**
     * A client with its secret, which is told once.
     *
     * @param secret null for a public client
     */
    record Made(OAuthClient client, @Nullable String secret) {

        @Override
        public String toString() {
            return client.toString();
        }
    }

    Made create(
            RequestContext context,
            String name,
            @Nullable String principalArn,
            boolean isPublic,
            List<String> redirectUris) {
        if (!NAME.matcher(name).matches()) {
            throw invalid("name: 2 to 64 letters, digits or any of _+=,.@-");
        }
        require(context, "riacho:CreateOAuthClient", name);
        if (principalArn == null && redirectUris.isEmpty()) {
            throw invalid("A client needs a principalArn to act as, or redirectUris where users come back to");
        }
        if (isPublic && principalArn != null) {
            throw invalid("A public client cannot act as " + principalArn + ": it has no secret to prove itself with");
        }
        if (redirectUris.size() > MOST_URIS) {
            throw invalid("redirectUris: at most " + MOST_URIS);
        }
        redirectUris.forEach(OAuthClients::checkRedirect);
        String principalId = principalArn == null ? null : requireMayActAs(context, principalArn);
        String secret = isPublic ? null : Secrets.make();
        OAuthClient client = new OAuthClient(
                "rc-" + Secrets.make().substring(0, 22),
                name,
                principalArn,
                principalId,
                isPublic,
                redirectUris,
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        try {
            clients.add(client, secret == null ? null : Secrets.hash(secret));
        } catch (DuplicateKeyException e) {
            throw AwsException.of("EntityAlreadyExists", 409, "There is an OAuth client with the name " + name);
        }
        return new Made(client, secret);
    }

    OAuthClient get(RequestContext context, String name) {
        require(context, "riacho:GetOAuthClient", name);
        return find(name);
    }

    /** Those after a name, in order of names, at most 100. */
    List<OAuthClient> list(RequestContext context, String after) {
        require(context, "riacho:ListOAuthClients", "*");
        return clients.after(after, PAGE);
    }

    void delete(RequestContext context, String name) {
        require(context, "riacho:DeleteOAuthClient", name);
        if (!clients.remove(find(name).id())) {
            throw noSuchClient(name);
        }
    }

    Made rotateSecret(RequestContext context, String name) {
        require(context, "riacho:RotateOAuthClientSecret", name);
        OAuthClient client = find(name);
        if (client.isPublic()) {
            throw invalid("A public client has no secret");
        }
        if (client.principalArn() != null) {
            requireMayActAs(context, client.principalArn());
        }
        String secret = Secrets.make();
        if (!clients.replaceSecret(client.id(), Secrets.hash(secret))) {
            throw noSuchClient(name);
        }
        return new Made(client, secret);
    }

    private OAuthClient find(String name) {
        return clients.named(name).orElseThrow(() -> noSuchClient(name));
    }

    private static void require(RequestContext context, String action, String name) {
        String arn = new Arn("aws", "riacho", context.region(), context.accountId(), "oauth-client/" + name).toString();
        context.require(Permission.of(action, arn, context.accountId()));
    }

    /** Returns the unique id of the user or role. */
    private String requireMayActAs(RequestContext context, String arn) {
        boolean isUser = arn.contains(":user/");
        context.require(new Permission(
                isUser ? "iam:CreateAccessKey" : "iam:PassRole",
                arn,
                context.accountId(),
                isUser ? Map.of() : Map.of("iam:passedtoservice", List.of("riacho")),
                null,
                false));
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        Optional<String> id = isUser
                ? identities.user(name).filter(user -> user.arn().equals(arn)).map(Caller::userId)
                : identities.role(name).filter(role -> role.arn().equals(arn)).map(Role::id);
        return id.orElseThrow(() -> AwsException.of("NoSuchEntity", 404, "There is no user or role " + arn));
    }

    /** RFC 9700, section 2.1; RFC 8252, section 7. */
    private static void checkRedirect(String text) {
        try {
            URI uri = URI.create(text);
            String scheme = Objects.requireNonNullElse(uri.getScheme(), "");
            String host = Objects.requireNonNullElse(uri.getHost(), "");
            boolean isWeb = scheme.equals("https") && !host.isEmpty();
            boolean isLoopback = scheme.equals("http") && (host.equals("127.0.0.1") || host.equals("[::1]"));
            boolean isApp = scheme.contains(".");
            if (text.length() <= LONGEST_URI
                    && uri.getFragment() == null
                    && uri.getUserInfo() == null
                    && (isWeb || isLoopback || isApp)) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw invalid("redirectUris: not a URI");
        }
        throw invalid("redirectUris: https://…, http://127.0.0.1… or an app's own scheme, without a fragment");
    }

    private static AwsException noSuchClient(String name) {
        return AwsException.of("NoSuchEntity", 404, "There is no OAuth client with the name " + name);
    }

    private static AwsException invalid(String message) {
        return AwsException.badRequest("ValidationException", message);
    }
}
