/** Serves the web console: its files, its settings, and the head of each answer that keeps it from being misused. */
@NullMarked
package io.riacho.console;

import org.jspecify.annotations.NullMarked;
