package io.riacho.log;

/** What {@link ShardLog#onReadable} gives: the calls go on until this is closed. */
public interface Watching extends AutoCloseable {

    @Override
    void close();
}
