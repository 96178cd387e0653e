package io.riacho.protocol.tls;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/** Where the server's certificate comes from. */
interface IdentitySource {

    /**
     * The identity to show from now on.
     *
     * @throws GeneralSecurityException where there is none that is valid now
     */
    ServerIdentity load() throws IOException, GeneralSecurityException;

    /** What to look at for a change. */
    List<Path> files();

    /** Whether {@link #load} would give another identity though no file has changed. */
    boolean isDue(ServerIdentity shown);
}
