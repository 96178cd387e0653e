/** What IAM's operations have in common: errors, pages, tags, changes. */
@NullMarked
package io.riacho.auth.iam;

import org.jspecify.annotations.NullMarked;
