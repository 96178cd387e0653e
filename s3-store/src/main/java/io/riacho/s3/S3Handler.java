package io.riacho.s3;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.gaul.s3proxy.AccessGrant;
import org.gaul.s3proxy.S3ProxyHandler;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;

/** S3's operations as S3Proxy answers them, for access keys that may do everything, with signatures of version 4 only. */
final class S3Handler extends S3ProxyHandler {

    /** A body whose hash is signed beforehand is read into memory as a whole before any of it is taken. */
    static final int MAX_SIGNED_BODY_BYTES = 64 * 1024 * 1024;

    private static final int MAX_CHUNK_BYTES = 4 * 1024 * 1024;
    private static final long MAX_OBJECT_BYTES = 5L * 1024 * 1024 * 1024;
    private static final int CLOCK_SKEW_SECONDS = 15 * 60;

    S3Handler(BlobStore store, AccessKeys keys) {
        super(
                store,
                AuthenticationType.AWS_V4,
                keys.root().accessKeyId(),
                keys.root().secretAccessKey(),
                null,
                MAX_OBJECT_BYTES,
                MAX_SIGNED_BODY_BYTES,
                MAX_CHUNK_BYTES,
                // Of what SDKs send beside, such as their own trace headers.
                true,
                null,
                "",
                CLOCK_SKEW_SECONDS);
        setBlobStoreLocator((accessKeyId, _, _) -> {
            String secret = keys.secretOf(accessKeyId);
            return secret == null ? null : new AccessGrant(secret, store);
        });
    }

    void refuse(HttpServletRequest request, HttpServletResponse response, int status, String code, String message)
            throws IOException {
        sendSimpleErrorResponse(request, response, code, status, message, Map.of());
    }
}
