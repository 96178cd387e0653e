package io.riacho.log;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/**
 * How an {@link EmbeddedShardLog} keeps its data.
 *
 * @param folder where everything lies; made where it does not exist
 * @param clock gives the time at which records arrive
 * @param durability what an acknowledged append has survived
 * @param journalFileBytes size of each journal file, preallocated; also the bound of one append
 * @param journalFiles most journal files that may exist; with their size, the most data that waits for its segments
 * @param segmentBytes a segment is closed once it is this long
 * @param segmentAge a segment is closed this long after its first record arrived
 * @param indexInterval about how many bytes of a segment lie between two entries of its index
 * @param bufferBytes most memory that appends which wait for their commit may take
 * @param commitBytes about the most that is written before it is forced; a single append may be larger
 * @param openSegments most segments that are held open for reading
 * @param openingKeys finds the keys of encrypted records when they are read; nothing else needs them
 * @param writeBehindDelay how long records may stay in the journal alone before they are copied to segments
 */
public record LogSettings(
        Path folder,
        InstantSource clock,
        Durability durability,
        int journalFileBytes,
        int journalFiles,
        int segmentBytes,
        Duration segmentAge,
        int indexInterval,
        int bufferBytes,
        int commitBytes,
        int openSegments,
        OpeningKeys openingKeys,
        Duration writeBehindDelay) {

    /** What an append has survived when it is acknowledged. */
    public enum Durability {
        /** The death of the process and the loss of power: every commit is forced to the disk. */
        COMMIT,
        /** The death of the process only: commits are forced about once a second, behind the acknowledgement. */
        OS
    }

    private static final int SMALLEST_JOURNAL_FILE = 64 << 10;

    public LogSettings {
        if (journalFileBytes < SMALLEST_JOURNAL_FILE || journalFileBytes % 4096 != 0) {
            throw new IllegalArgumentException(
                    "journalFileBytes must be a multiple of 4096 and at least " + SMALLEST_JOURNAL_FILE);
        }
        if (journalFiles < 3) {
            throw new IllegalArgumentException("journalFiles must be at least 3");
        }
        if (segmentBytes < 1 || indexInterval < 1 || commitBytes < 1 || openSegments < 1) {
            throw new IllegalArgumentException("sizes and counts must be positive");
        }
        if (bufferBytes < journalFileBytes / 2) {
            throw new IllegalArgumentException("bufferBytes must be at least half of journalFileBytes");
        }
    }

    public static Builder in(Path folder) {
        return new Builder(folder);
    }

    /** Starts from the defaults. */
    public static final class Builder {

        private final Path folder;
        private InstantSource clock = InstantSource.system();
        private Durability durability = Durability.COMMIT;
        private int journalFileBytes = 64 << 20;
        private int journalFiles = 16;
        private int segmentBytes = 64 << 20;
        private Duration segmentAge = Duration.ofHours(1);
        private int indexInterval = 64 << 10;
        private int bufferBytes = 64 << 20;
        private int commitBytes = 8 << 20;
        private int openSegments = 512;
        private OpeningKeys openingKeys = OpeningKeys.NONE;
        private Duration writeBehindDelay = Duration.ofSeconds(60);

        private Builder(Path folder) {
            this.folder = folder;
        }

        public Builder clock(InstantSource value) {
            clock = value;
            return this;
        }

        public Builder durability(Durability value) {
            durability = value;
            return this;
        }

        public Builder journalFileBytes(int value) {
            journalFileBytes = value;
            return this;
        }

        public Builder journalFiles(int value) {
            journalFiles = value;
            return this;
        }

        public Builder segmentBytes(int value) {
            segmentBytes = value;
            return this;
        }

        public Builder segmentAge(Duration value) {
            segmentAge = value;
            return this;
        }

        public Builder indexInterval(int value) {
            indexInterval = value;
            return this;
        }

        public Builder bufferBytes(int value) {
            bufferBytes = value;
            return this;
        }

        public Builder commitBytes(int value) {
            commitBytes = value;
            return this;
        }

        public Builder openSegments(int value) {
            openSegments = value;
            return this;
        }

        public Builder openingKeys(OpeningKeys value) {
            openingKeys = value;
            return this;
        }

        public Builder writeBehindDelay(Duration value) {
            writeBehindDelay = value;
            return this;
        }

        public LogSettings build() {
            return new LogSettings(
                    folder,
                    clock,
                    durability,
                    journalFileBytes,
                    journalFiles,
                    segmentBytes,
                    segmentAge,
                    indexInterval,
                    bufferBytes,
                    commitBytes,
                    openSegments,
                    openingKeys,
                    writeBehindDelay);
        }
    }
}
