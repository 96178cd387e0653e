/** Tags of users, roles and policies. */
@NullMarked
package io.riacho.auth.iam.tag;

import org.jspecify.annotations.NullMarked;
