/** Who may do what with a key: key policy, IAM policies and grants together. */
@NullMarked
package io.riacho.auth.kms.access;

import org.jspecify.annotations.NullMarked;
