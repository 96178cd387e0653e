package io.riacho.protocol.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.List;

/** The operator's certificate. */
record SuppliedIdentity(Path certificate, Path privateKey, InstantSource clock) implements IdentitySource {

    @Override
    public ServerIdentity load() throws IOException, GeneralSecurityException {
        try {
            return PemFiles.identity(certificate, privateKey).requireValidAt(clock.instant());
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException(certificate + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<Path> files() {
        return List.of(certificate, privateKey);
    }

    @Override
    public boolean isDue(ServerIdentity shown) {
        return false;
    }
}
