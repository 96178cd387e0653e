package io.riacho.benchmarks.load;

/** Reads one shard from its beginning to its end with GetRecords, again and again. */
final class DrainExchange implements Exchange {

    private static final int LIMIT = 10_000;

    private final KinesisRequests requests;
    private final GetRecordsAnswer answer;
    private final String firstIterator;
    private final long recordsInShard;
    private String iterator;
    private long recordsInPass;

    /** @param recordsInShard after how many records to begin again */
    DrainExchange(KinesisRequests requests, Encoding encoding, String firstIterator, long recordsInShard) {
        this.requests = requests;
        this.firstIterator = firstIterator;
        this.recordsInShard = recordsInShard;
        answer = GetRecordsAnswer.in(encoding);
        iterator = firstIterator;
    }

    @Override
    public Request next() {
        return requests.getRecords(iterator, LIMIT);
    }

    @Override
    public int answered(ResponseReader response) {
        answer.read(response);
        recordsInPass += answer.records;
        String next = answer.nextShardIterator;
        if (recordsInPass >= recordsInShard) {
            if (recordsInPass > recordsInShard) {
                throw new IllegalStateException(
                        "The shard gave " + recordsInPass + " records, and holds " + recordsInShard);
            }
            recordsInPass = 0;
            iterator = firstIterator;
        } else if (answer.records == 0 || next == null) {
            throw new IllegalStateException(
                    "The shard ended after " + recordsInPass + " of " + recordsInShard + " records");
        } else {
            iterator = next;
        }
        return answer.records;
    }
}
