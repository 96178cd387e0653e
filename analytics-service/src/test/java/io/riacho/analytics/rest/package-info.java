/** Tests. */
@NullMarked
package io.riacho.analytics.rest;

import org.jspecify.annotations.NullMarked;
