package io.riacho.firehose.directput;

/** What became of a record that was put. */
sealed interface Taken {

    /** @param recordId unique in the delivery stream */
    record Durable(String recordId) implements Taken {}

    /** @param code {@code ServiceUnavailableException} where it is of use to try again */
    record Refused(String code, String message) implements Taken {}
}
