/** Traces of what the server does, sent to a collector by OpenTelemetry. */
@NullMarked
package io.riacho.tracing;

import org.jspecify.annotations.NullMarked;
