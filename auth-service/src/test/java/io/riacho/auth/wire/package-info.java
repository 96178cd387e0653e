/** IAM as real clients see it. */
@NullMarked
package io.riacho.auth.wire;

import org.jspecify.annotations.NullMarked;
