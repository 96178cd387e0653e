package io.riacho.auth.kms.provider;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.auth.root.RootKey;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalKeyProviderTest extends KeyProviderContract {

    @TempDir
    Path folder;

    private KeyProvider provider;

    @BeforeEach
    void makeRootKey() {
        provider = new LocalKeyProvider(RootKey.in(folder.resolve("root-key")));
    }

    @Override
    KeyProvider provider() {
        return provider;
    }

    @Test
    void anotherRootKeyUnwrapsNothing() {
        byte[] wrapped = provider.wrap(new byte[10], "purpose");
        KeyProvider other = new LocalKeyProvider(RootKey.in(folder.resolve("other")));
        assertThatThrownBy(() -> other.unwrap(wrapped, "purpose")).isInstanceOf(ProviderException.class);
    }
}
