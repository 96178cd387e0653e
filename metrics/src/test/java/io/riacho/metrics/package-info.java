@NullMarked
package io.riacho.metrics;

import org.jspecify.annotations.NullMarked;
