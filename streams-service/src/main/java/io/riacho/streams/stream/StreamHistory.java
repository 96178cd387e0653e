package io.riacho.streams.stream;

/** Remembers how streams were, in the transaction that changes one. */
@FunctionalInterface
public interface StreamHistory {

    StreamHistory NONE = _ -> {};

    /** Called when the stream, its shards or its consumers are changed in the database, or deleted from it. */
    void changed(long streamId);
}
