/** From an application's code to the statements of a job. */
@NullMarked
package io.riacho.analytics.sql;

import org.jspecify.annotations.NullMarked;
