@NullMarked
package io.riacho.metrics.scrape;

import org.jspecify.annotations.NullMarked;
