package io.riacho.log;

import org.jspecify.annotations.Nullable;

/** A segment that is open for reading; its file may be closed at any time to make room for others. */
record OpenSegment(DiskFile file, @Nullable SegmentIndex index) {}
