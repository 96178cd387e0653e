/** Users, groups and roles. */
@NullMarked
package io.riacho.auth.iam.entity;

import org.jspecify.annotations.NullMarked;
