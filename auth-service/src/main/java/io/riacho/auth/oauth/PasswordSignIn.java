package io.riacho.auth.oauth;

import io.riacho.auth.identity.Identities;
import io.riacho.auth.password.Passwords;
import io.riacho.protocol.Caller;
import java.util.List;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;

/** Lets users in by name and password. All failures are one. */
final class PasswordSignIn implements AuthenticationProvider {

    private final Identities identities;
    private final Passwords passwords;

    PasswordSignIn(Identities identities, Passwords passwords) {
        this.identities = identities;
        this.passwords = passwords;
    }

    @Override
    public Authentication authenticate(Authentication given) {
        String name = given.getName();
        String password = given.getCredentials() instanceof String text ? text : "";
        String id = identities.user(name).map(Caller::userId).orElse(null);
        if (!passwords.matches(id, password) || id == null) {
            throw new BadCredentialsException("The user name or the password is wrong.");
        }
        return UsernamePasswordAuthenticationToken.authenticated(
                new SignedInUser(id, name).text(),
                null,
                List.of(FactorGrantedAuthority.fromAuthority(FactorGrantedAuthority.PASSWORD_AUTHORITY)));
    }

    @Override
    public boolean supports(Class<?> kind) {
        return UsernamePasswordAuthenticationToken.class.isAssignableFrom(kind);
    }
}
