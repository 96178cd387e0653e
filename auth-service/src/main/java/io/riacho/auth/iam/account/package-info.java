/** The account as a whole. */
@NullMarked
package io.riacho.auth.iam.account;

import org.jspecify.annotations.NullMarked;
