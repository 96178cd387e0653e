package io.riacho.firehose.destination.s3;

/** A bucket as the API names it. */
final class Bucket {

    private static final String BEFORE = ":s3:::";

    private Bucket() {}

    /** @param arn {@code arn:aws:s3:::NAME} */
    static String name(String arn) {
        return arn.substring(arn.indexOf(BEFORE) + BEFORE.length());
    }
}
