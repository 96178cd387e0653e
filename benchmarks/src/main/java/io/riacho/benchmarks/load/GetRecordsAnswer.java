package io.riacho.benchmarks.load;

import org.jspecify.annotations.Nullable;

/**
 * What a reader needs of a GetRecords answer, found in one walk over its bytes. Not thread-safe; filled again and again.
 */
abstract class GetRecordsAnswer {

    int records;
    /** The sum of the lengths of Data: bytes in CBOR, Base64 characters in JSON. */
    long dataLength;

    @Nullable
    String nextShardIterator;

    private DataSink sink = (array, position, length) -> {};

    /** Takes the data of one record, as it is on the wire. */
    interface DataSink {
        void data(byte[] array, int position, int length);
    }

    static GetRecordsAnswer in(Encoding encoding) {
        return encoding == Encoding.CBOR ? new CborGetRecordsAnswer() : new JsonGetRecordsAnswer();
    }

    void onData(DataSink newSink) {
        sink = newSink;
    }

    void read(ResponseReader answer) {
        Answers.checkOk(answer);
        read(answer.array(), answer.bodyStart(), answer.bodyEnd());
    }

    void read(byte[] bytes, int from, int to) {
        records = 0;
        dataLength = 0;
        nextShardIterator = null;
        walk(bytes, from, to);
    }

    abstract void walk(byte[] bytes, int from, int to);

    void foundData(byte[] bytes, int position, int length) {
        records++;
        dataLength += length;
        sink.data(bytes, position, length);
    }
}
