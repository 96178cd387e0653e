/** Usage and prices over plain REST. */
@NullMarked
package io.riacho.usage.rest;

import org.jspecify.annotations.NullMarked;
