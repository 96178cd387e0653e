/** Delivery streams by plain REST. */
@NullMarked
package io.riacho.firehose.rest;

import org.jspecify.annotations.NullMarked;
