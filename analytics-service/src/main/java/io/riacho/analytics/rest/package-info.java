/** Applications by plain REST: what a job asks of the service, and what people look at. */
@NullMarked
package io.riacho.analytics.rest;

import org.jspecify.annotations.NullMarked;
