/** Ciphertexts of KMS: their format, and the encryption context that is authenticated with them. */
@NullMarked
package io.riacho.auth.kms.cipher;

import org.jspecify.annotations.NullMarked;
