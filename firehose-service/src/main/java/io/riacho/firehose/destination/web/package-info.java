/** HTTP as destinations speak it: bounded connections, answers and waiting. */
@NullMarked
package io.riacho.firehose.destination.web;

import org.jspecify.annotations.NullMarked;
