/** Users' passwords: what IAM calls login profiles. */
@NullMarked
package io.riacho.auth.password;

import org.jspecify.annotations.NullMarked;
