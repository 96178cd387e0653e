package io.riacho.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.protocol.signature.RootCredentials;
import org.junit.jupiter.api.Test;

class RootSignInTest {

    private static final RootCredentials KEY = new RootCredentials("AKIAROOT", "secret");

    private final RootSignIn root = new RootSignIn(KEY, "123456789012", true);

    @Test
    void onlyTheKeyWithItsSecretIsTheRoot() {
        assertThat(root.signIn("AKIAROOT", "secret")).hasValue(new SignedInUser("123456789012", "AKIAROOT"));
        assertThat(root.signIn("AKIAROOT", "Secret")).isEmpty();
        assertThat(root.signIn("AKIAROOT", "")).isEmpty();
        assertThat(root.signIn("akiaroot", "secret")).isEmpty();
    }

    @Test
    void whatTheRootWasGivenEndsWithItsKey() {
        SignedInUser signedIn = root.signIn("AKIAROOT", "secret").orElseThrow();
        assertThat(root.isRoot(signedIn)).isTrue();
        assertThat(new RootSignIn(new RootCredentials("AKIANEW", "secret"), "123456789012", true).isRoot(signedIn))
                .isFalse();
    }

    @Test
    void aUserWithTheNameOfTheKeyIsNotTheRoot() {
        assertThat(root.isRoot(new SignedInUser("AIDAEXAMPLE", "AKIAROOT"))).isFalse();
    }

    @Test
    void whereItIsNotAllowedNobodyIsTheRoot() {
        RootSignIn closed = new RootSignIn(KEY, "123456789012", false);
        assertThat(closed.signIn("AKIAROOT", "secret")).isEmpty();
        assertThat(closed.isRoot(new SignedInUser("123456789012", "AKIAROOT"))).isFalse();
    }
}
