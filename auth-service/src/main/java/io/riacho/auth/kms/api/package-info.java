/** The operations of KMS's API. */
@NullMarked
package io.riacho.auth.kms.api;

import org.jspecify.annotations.NullMarked;
