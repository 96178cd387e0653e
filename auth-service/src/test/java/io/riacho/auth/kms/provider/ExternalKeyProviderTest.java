package io.riacho.auth.kms.provider;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.auth.kms.KmsServer;
import org.junit.jupiter.api.Test;

/** The external KMS is a server of ours. */
class ExternalKeyProviderTest extends KeyProviderContract {

    private final KmsServer server = KmsServer.shared();
    private final String key = server.newKey();
    private final KeyProvider provider = new ExternalKeyProvider(server.root(), key);

    @Override
    KeyProvider provider() {
        return provider;
    }

    @Test
    void whoDisablesTheExternalKeyTakesTheMaterialAway() {
        byte[] wrapped = provider.wrap(new byte[10], "purpose");
        server.root().disableKey(request -> request.keyId(key));
        assertThatThrownBy(() -> provider.unwrap(wrapped, "purpose")).isInstanceOf(ProviderException.class);
        assertThatThrownBy(() -> provider.wrap(new byte[10], "purpose")).isInstanceOf(ProviderException.class);
    }
}
