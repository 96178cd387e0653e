package io.riacho.firehose.deliverystream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.firehose.model.SplunkDestinationConfiguration;

/** Configurations as they are stored. */
class SealedConfigurationsTest {

    private final UUID stream = UUID.randomUUID();
    private final SplunkDestinationConfiguration splunk =
            SplunkDestinationConfiguration.builder().hecToken("the-token").build();
    private SealedConfigurations configurations = new SealedConfigurations(newKey());
    private byte[] sealed = new byte[0];

    @BeforeEach
    void seal() {
        sealed = configurations.seal(stream, 3, splunk);
    }

    @Test
    void whatWasSealedIsOpened() {
        assertThat(configurations.open(stream, 3, SplunkDestinationConfiguration.class, sealed))
                .isEqualTo(splunk);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("the-token", "HECToken");
    }

    @Test
    void aRowThatWasMovedDoesNotOpen() {
        assertThatThrownBy(() -> configurations.open(stream, 4, SplunkDestinationConfiguration.class, sealed))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(
                        () -> configurations.open(UUID.randomUUID(), 3, SplunkDestinationConfiguration.class, sealed))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void anotherKeyDoesNotOpenIt() {
        configurations = new SealedConfigurations(newKey());

        assertThatThrownBy(() -> configurations.open(stream, 3, SplunkDestinationConfiguration.class, sealed))
                .isInstanceOf(IllegalStateException.class)
                .message()
                .doesNotContain("the-token");
    }

    private static Aead newKey() {
        try {
            AeadConfig.register();
            return KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM)
                    .getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
