/** The record path: PutRecord, PutRecords and GetRecords. */
@NullMarked
package io.riacho.streams.record;

import org.jspecify.annotations.NullMarked;
