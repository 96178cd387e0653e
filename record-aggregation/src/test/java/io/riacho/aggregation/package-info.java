@NullMarked
package io.riacho.aggregation;

import org.jspecify.annotations.NullMarked;
