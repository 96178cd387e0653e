/** The servers that are measured, each a child process with a data folder of its own. */
@NullMarked
package io.riacho.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
