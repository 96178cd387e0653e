/** Managed policies and their versions. */
@NullMarked
package io.riacho.auth.iam.managed;

import org.jspecify.annotations.NullMarked;
