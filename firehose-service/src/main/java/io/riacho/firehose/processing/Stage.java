package io.riacho.firehose.processing;

/** How far a record is. */
sealed interface Stage {

    record Going(RecordInProgress record) implements Stage {}

    record Ended(ProcessedRecord result) implements Stage {}
}
