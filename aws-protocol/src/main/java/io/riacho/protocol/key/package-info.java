/** Keys to encrypt data at rest with, as a service sees them: the seam to KMS. */
@NullMarked
package io.riacho.protocol.key;

import org.jspecify.annotations.NullMarked;
