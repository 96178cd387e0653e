/**
 * How a service that runs alone asks auth-service who its callers are: the day's signing keys, bearer tokens, and the
 * callers' policies, over HTTP and for a few seconds at a time; and how it gets the credentials of roles that it acts for.
 */
@NullMarked
package io.riacho.protocol.authority;

import org.jspecify.annotations.NullMarked;
