package io.riacho.auth.kms.access;

import io.riacho.auth.kms.grant.Grant;
import io.riacho.auth.kms.key.Key;
import org.jspecify.annotations.Nullable;

/**
 * A key that the caller may use as it asked.
 *
 * @param grant what let it, where neither the key policy nor an IAM policy does
 */
public record Authorized(Key key, @Nullable Grant grant) {}
