/** What Prometheus reads, and who may. */
@NullMarked
package io.riacho.metrics.scrape;

import org.jspecify.annotations.NullMarked;
