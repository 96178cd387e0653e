package io.riacho.streams.stream;

/**
 * The account and region that all streams of this server are in.
 *
 * @param accountId twelve digits
 */
public record StreamNaming(String accountId, String region) {

    public String arnOf(String streamName) {
        return "arn:aws:kinesis:" + region + ":" + accountId + ":stream/" + streamName;
    }
}
