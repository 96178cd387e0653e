package io.riacho.auth.oauth;

import io.riacho.auth.identity.Identities;
import io.riacho.auth.password.Passwords;
import io.riacho.protocol.Caller;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;

/** Lets users in by name and password, and the root by its access key. All failures are one. */
final class PasswordSignIn implements AuthenticationProvider {

    private final Identities identities;
    private final Passwords passwords;
    private final RootSignIn root;

    PasswordSignIn(Identities identities, Passwords passwords, RootSignIn root) {
        this.root = root;
        this.identities = identities;
        this.passwords = passwords;
    }

    @Override
    public Authentication authenticate(Authentication given) {
        String name = given.getName();
        String password = given.getCredentials() instanceof String text ? text : "";
        SignedInUser user = root.signIn(name, password)
                .or(() -> user(name, password))
                .orElseThrow(() -> new BadCredentialsException("The user name or the password is wrong."));
        return UsernamePasswordAuthenticationToken.authenticated(
                user.text(),
                null,
                List.of(FactorGrantedAuthority.fromAuthority(FactorGrantedAuthority.PASSWORD_AUTHORITY)));
    }

    private Optional<SignedInUser> user(String name, String password) {
        String id = identities.user(name).map(Caller::userId).orElse(null);
        return passwords.matches(id, password) && id != null
                ? Optional.of(new SignedInUser(id, name))
                : Optional.empty();
    }

    @Override
    public boolean supports(Class<?> kind) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
    }
}
