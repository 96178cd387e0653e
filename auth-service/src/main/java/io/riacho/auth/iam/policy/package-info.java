/** Which policies users, groups and roles have: inline and attached ones. */
@NullMarked
package io.riacho.auth.iam.policy;

import org.jspecify.annotations.NullMarked;
