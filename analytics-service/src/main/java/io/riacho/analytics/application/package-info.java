/** Applications: what both APIs create, describe, change, start and stop. */
@NullMarked
package io.riacho.analytics.application;

import org.jspecify.annotations.NullMarked;
