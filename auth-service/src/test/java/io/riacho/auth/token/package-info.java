/** Sessions and tokens on the wire, with real clients. */
@NullMarked
package io.riacho.auth.token;

import org.jspecify.annotations.NullMarked;
