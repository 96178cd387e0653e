package io.riacho.streams.encryption;

import io.riacho.protocol.key.DataKey;
import io.riacho.protocol.key.KeyDescription;
import io.riacho.protocol.key.KeyService;
import java.util.Map;

/** Stands for KMS where there is none: whatever needs a key is refused. */
public final class AbsentKeys implements KeyService {

    @Override
    public KeyDescription describe(String keyId) {
        throw KeyErrors.noKms();
    }

    @Override
    public DataKey generateDataKey(String keyId, Map<String, String> context) {
        throw KeyErrors.noKms();
    }

    @Override
    public byte[] unwrap(byte[] wrapped, Map<String, String> context) {
        throw KeyErrors.noKms();
    }
}
