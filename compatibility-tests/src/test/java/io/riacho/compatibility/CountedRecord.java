package io.riacho.compatibility;

import java.math.BigInteger;

/**
 * A record that a job of Flink counted, and what its state was with this one.
 *
 * @param times how often the record has come
 * @param countOfKey how many records its key has had
 */
record CountedRecord(
        String partitionKey, int number, String shardId, BigInteger sequenceNumber, int times, int countOfKey) {

    static CountedRecord parsed(String line) {
        String[] fields = line.split("\t", -1);
        return new CountedRecord(
                fields[2],
                Integer.parseInt(fields[3]),
                fields[4],
                new BigInteger(fields[5]),
                Integer.parseInt(fields[6]),
                Integer.parseInt(fields[7]));
    }

    String position() {
        return shardId + " " + sequenceNumber;
    }

    @Override
    public String toString() {
        return partitionKey + " number " + number + " (" + shardId + ", " + sequenceNumber + ")";
    }
}
