/** Key material: made, wrapped, rotated, and used to encrypt and decrypt. */
@NullMarked
package io.riacho.auth.kms.material;

import org.jspecify.annotations.NullMarked;
