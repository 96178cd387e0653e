package io.riacho.protocol.audit;

import io.riacho.protocol.Connection;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that were not accepted. What the request says of itself is not proven.
 *
 * @param service that the request was for
 * @param action that it asked for, such as {@code PutRecord}; null where that is not known
 * @param accessKeyId that the request named; null where it named none
 * @param error the type of the answer, such as {@code InvalidSignatureException}
 */
public record FailedAuthentication(
        String requestId,
        Connection connection,
        String service,
        @Nullable String action,
        @Nullable String accessKeyId,
        String error) {}
