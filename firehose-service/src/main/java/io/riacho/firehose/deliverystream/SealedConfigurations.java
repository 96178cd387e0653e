package io.riacho.firehose.deliverystream;

import com.google.crypto.tink.Aead;
import io.riacho.protocol.WireFormat;
import io.riacho.protocol.shape.ShapeReader;
import io.riacho.protocol.shape.ShapeWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Destinations' configurations as they are stored: the API's JSON, sealed with AES-256-GCM and bound to the delivery
 * stream and the version, because they hold secrets. Safe for use by many threads.
 */
final class SealedConfigurations {

    private final Aead key;
    private final ShapeWriter writer = new ShapeWriter();
    private final ShapeReader reader = new ShapeReader();

    SealedConfigurations(Aead key) {
        this.key = key;
    }

    byte[] seal(UUID stream, long version, SdkPojo configuration) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        writer.write(configuration, WireFormat.JSON, json);
        try {
            return key.encrypt(json.toByteArray(), associated(stream, version));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A configuration could not be sealed", e);
        }
    }

    /** @throws IllegalStateException where it was sealed with another key, for another delivery stream or version */
    SdkPojo open(UUID stream, long version, Class<? extends SdkPojo> type, byte[] sealed) {
        try {
            byte[] json = key.decrypt(sealed, associated(stream, version));
            return reader.read(type, WireFormat.JSON, json, 0, json.length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "The configuration of delivery stream " + stream + ", version " + version + ", cannot be opened",
                    e);
        }
    }

    private static byte[] associated(UUID stream, long version) {
        return (stream + ":" + version).getBytes(StandardCharsets.UTF_8);
    }
}
