/** Decides by IAM policies whether an authenticated request may be served. */
@NullMarked
package io.riacho.protocol.authorization;

import org.jspecify.annotations.NullMarked;
