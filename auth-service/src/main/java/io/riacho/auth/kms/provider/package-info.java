/** The seam to whoever wraps key material at rest. */
@NullMarked
package io.riacho.auth.kms.provider;

import org.jspecify.annotations.NullMarked;
