/** How the connector, its formats and functions hang together. */
@NullMarked
package io.riacho.flink;

import org.jspecify.annotations.NullMarked;
