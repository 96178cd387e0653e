/** What callers of IAM need to be allowed. */
@NullMarked
package io.riacho.auth.iam.access;

import org.jspecify.annotations.NullMarked;
