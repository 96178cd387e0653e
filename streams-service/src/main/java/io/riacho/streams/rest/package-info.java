/** The plain REST API of streams, for callers without an AWS SDK: it translates to the same operations and decides nothing. */
@NullMarked
package io.riacho.streams.rest;

import org.jspecify.annotations.NullMarked;
