/** Login profiles: the passwords that users sign in with. */
@NullMarked
package io.riacho.auth.iam.login;

import org.jspecify.annotations.NullMarked;
