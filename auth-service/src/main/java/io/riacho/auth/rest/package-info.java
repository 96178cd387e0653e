/** What the plain REST API of this service has in common. */
@NullMarked
package io.riacho.auth.rest;

import org.jspecify.annotations.NullMarked;
