/** The API of 2018. */
@NullMarked
package io.riacho.analytics.second;

import org.jspecify.annotations.NullMarked;
