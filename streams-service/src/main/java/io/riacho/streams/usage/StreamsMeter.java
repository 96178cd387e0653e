package io.riacho.streams.usage;

import io.riacho.streams.stream.Stream;

/** Is told what is used of streams, before those who use it are answered. Safe for use by many threads. */
public interface StreamsMeter {

    /** Where usage is not metered. */
    StreamsMeter OFF = new StreamsMeter() {
        @Override
        public Put put(Stream stream, String principal) {
            return Put.OFF;
        }

        @Override
        public void got(Stream stream, String principal, long bytes) {}

        @Override
        public void pushed(Stream stream, String consumer, String principal, long bytes) {}
    };

    /** For the records of one request. */
    Put put(Stream stream, String principal);

    /** GetRecords gave so many bytes. */
    void got(Stream stream, String principal, long bytes);

    /** SubscribeToShard gave so many bytes. */
    void pushed(Stream stream, String consumer, String principal, long bytes);

    /** Is told of records that have become durable. */
    interface Put {

        Put OFF = new Put() {
            @Override
            public boolean isOn() {
                return false;
            }

            @Override
            public long units(int bytes) {
                return 0;
            }

            @Override
            public void stored(long shard, long firstOffset, int records, long bytes, long units, long millis) {}
        };

        boolean isOn();

        /** What a record of that size counts. */
        long units(int bytes);

        /**
         * @param shard its number
         * @param firstOffset of the records, which follow one another
         * @param units of all records, each by {@link #units}
         * @param millis when they arrived, epoch milliseconds
         */
        void stored(long shard, long firstOffset, int records, long bytes, long units, long millis);
    }
}
