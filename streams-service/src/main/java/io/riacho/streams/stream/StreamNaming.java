package io.riacho.streams.stream;

/**
 * The account and region that all streams of this server are in.
 *
 * @param accountId twelve digits
 */
public record StreamNaming(String accountId, String region) {

    private static final String INTERNAL = "riacho.";

    /**
     * Whether it is the name of a stream that Riacho's services keep for themselves, as Firehose does for what is put. Such
     * streams are not listed and count for no limit, and to do anything with them takes a permission more.
     */
    public static boolean isInternal(String streamName) {
        return streamName.startsWith(INTERNAL);
    }

    public String arnOf(String streamName) {
        return "arn:aws:kinesis:" + region + ":" + accountId + ":stream/" + streamName;
    }
}
