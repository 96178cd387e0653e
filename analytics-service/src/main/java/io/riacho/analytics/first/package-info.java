/** The API of 2015, which knows applications of the SQL dialect only. */
@NullMarked
package io.riacho.analytics.first;

import org.jspecify.annotations.NullMarked;
