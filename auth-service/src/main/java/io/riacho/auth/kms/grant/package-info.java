/** Grants: permissions on one key, given to one principal beside the key policy. */
@NullMarked
package io.riacho.auth.kms.grant;

import org.jspecify.annotations.NullMarked;
