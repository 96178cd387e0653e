/** What services that run alone are told. */
@NullMarked
package io.riacho.auth.authority;

import org.jspecify.annotations.NullMarked;
