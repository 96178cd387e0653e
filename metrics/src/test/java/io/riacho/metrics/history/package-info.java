@NullMarked
package io.riacho.metrics.history;

import org.jspecify.annotations.NullMarked;
