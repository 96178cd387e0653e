@NullMarked
package io.riacho.health;

import org.jspecify.annotations.NullMarked;
