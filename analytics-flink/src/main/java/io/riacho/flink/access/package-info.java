/** Where the services are, and as whom a job asks them. */
@NullMarked
package io.riacho.flink.access;

import org.jspecify.annotations.NullMarked;
