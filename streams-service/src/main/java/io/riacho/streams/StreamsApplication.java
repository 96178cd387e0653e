package io.riacho.streams;

/** Runs Kinesis Data Streams alone. */
public final class StreamsApplication {

    private StreamsApplication() {}

    public static void main(String[] args) {}
}
