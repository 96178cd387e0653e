/** KMS: keys that never leave the server, wired. */
@NullMarked
package io.riacho.auth.kms;

import org.jspecify.annotations.NullMarked;
