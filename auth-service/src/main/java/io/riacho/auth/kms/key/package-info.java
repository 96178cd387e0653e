/** Keys and their aliases, states and policies. */
@NullMarked
package io.riacho.auth.kms.key;

import org.jspecify.annotations.NullMarked;
