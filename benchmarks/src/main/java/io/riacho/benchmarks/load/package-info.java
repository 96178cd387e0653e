/** The load generator: drives any Kinesis endpoint, cheaply enough that the server is what is measured. */
@NullMarked
package io.riacho.benchmarks.load;

import org.jspecify.annotations.NullMarked;
