package io.riacho.s3;

import io.riacho.protocol.signature.RootCredentials;
import java.nio.file.Path;

/** A process of its own that serves S3 from the given folder, says where, and waits to be killed. */
final class S3Host {

    private S3Host() {}

    public static void main(String[] args) throws Exception {
        AccessKeys keys = new AccessKeys(new RootCredentials(args[1], args[2]), null);
        EmbeddedS3 s3 = EmbeddedS3.start(Path.of(args[0]), EmbeddedS3.LOOPBACK, 0, keys);
        System.out.println(s3.endpoint());
        Thread.sleep(Long.MAX_VALUE);
    }
}
