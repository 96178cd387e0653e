package io.riacho.auth.kms.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What every provider keeps to. */
abstract class KeyProviderContract {

    private static final byte[] MATERIAL =
            "a hundred bytes or so of something that is nobody's business".getBytes(StandardCharsets.US_ASCII);

    abstract KeyProvider provider();

    @Test
    void whatItWrappedItUnwraps() {
        byte[] wrapped = provider().wrap(MATERIAL, "key 1 material 1");
        assertThat(provider().unwrap(wrapped, "key 1 material 1")).isEqualTo(MATERIAL);
    }

    @Test
    void whatIsWrappedDoesNotShowTheMaterial() {
        byte[] wrapped = provider().wrap(MATERIAL, "key 1 material 1");
        assertThat(new String(wrapped, StandardCharsets.ISO_8859_1)).doesNotContain("hundred", "nobody");
    }

    @Test
    void nothingWrappedTakesThePlaceOfAnother() {
        byte[] wrapped = provider().wrap(MATERIAL, "key 1 material 1");
        assertThatThrownBy(() -> provider().unwrap(wrapped, "key 2 material 1")).isInstanceOf(ProviderException.class);
    }

    @Test
    void whatWasChangedIsNotUnwrapped() {
        byte[] wrapped = provider().wrap(MATERIAL, "key 1 material 1");
        wrapped[wrapped.length - 1] ^= 1;
        assertThatThrownBy(() -> provider().unwrap(wrapped, "key 1 material 1")).isInstanceOf(ProviderException.class);
    }

    @Test
    void itSaysItsNameAndNoMore() {
        assertThat(provider().name()).isNotEmpty().isEqualTo(provider().name());
    }
}
