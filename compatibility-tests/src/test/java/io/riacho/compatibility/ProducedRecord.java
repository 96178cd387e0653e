package io.riacho.compatibility;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user record that the producer gave to its library, and what the library said of it.
 *
 * @param fingerprint of the data
 * @param attempts how often the library sent it
 */
record ProducedRecord(
        int number,
        String partitionKey,
        @Nullable String explicitHashKey,
        String fingerprint,
        String shardId,
        BigInteger sequenceNumber,
        int attempts) {

    /** A key's next record was written when the one before had been acknowledged. */
    static final String IN_ORDER = "round-";

    /** Those of a producer's journal that were acknowledged; the order is no matter. */
    static List<ProducedRecord> acknowledged(List<String> journal) {
        return journal.stream()
                .map(line -> line.split("\t", -1))
                .filter(fields -> fields[1].equals("put"))
                .map(fields -> new ProducedRecord(
                        Integer.parseInt(fields[2]),
                        fields[3],
                        fields[4].isEmpty() ? null : fields[4],
                        fields[5],
                        fields[6],
                        new BigInteger(fields[7]),
                        Integer.parseInt(fields[8])))
                .toList();
    }

    /** The lines of those that were not. */
    static List<String> failed(List<String> journal) {
        return journal.stream()
                .filter(line -> line.split("\t", -1)[1].equals("failed"))
                .toList();
    }

    @Override
    public String toString() {
        return partitionKey + " number " + number + " (" + shardId + ", " + sequenceNumber + ")";
    }
}
