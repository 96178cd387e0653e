/** Access keys of users. */
@NullMarked
package io.riacho.auth.iam.accesskey;

import org.jspecify.annotations.NullMarked;
