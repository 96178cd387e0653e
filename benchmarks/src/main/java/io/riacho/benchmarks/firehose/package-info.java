/** Drives Firehose's delivery, and finds what was delivered and when. */
@NullMarked
package io.riacho.benchmarks.firehose;

import org.jspecify.annotations.NullMarked;
