/** Who there is and what each may do: what the rest of the service reads of users and roles. */
@NullMarked
package io.riacho.auth.identity;

import org.jspecify.annotations.NullMarked;
