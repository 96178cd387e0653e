package io.riacho.flink.sink;

import java.io.Serializable;

/** Where rows go. */
interface Destination extends Serializable {

    /** What a record may have at most, with its key. */
    long largestRecord();

    /** For the log. */
    String name();

    Sender open();
}
