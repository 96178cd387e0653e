/** The errors of KMS, in AWS's words. */
@NullMarked
package io.riacho.auth.kms.error;

import org.jspecify.annotations.NullMarked;
