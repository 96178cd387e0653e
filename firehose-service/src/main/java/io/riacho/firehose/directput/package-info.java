/** PutRecord and PutRecordBatch, and the internal streams in which what is put waits. */
@NullMarked
package io.riacho.firehose.directput;

import org.jspecify.annotations.NullMarked;
