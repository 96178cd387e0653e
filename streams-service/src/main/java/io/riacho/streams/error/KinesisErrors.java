package io.riacho.streams.error;

import io.riacho.protocol.AwsException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The errors of Kinesis Data Streams, with AWS's types and, where they are known, AWS's texts. */
public final class KinesisErrors {

    private static final DateTimeFormatter ITERATOR_TIME = DateTimeFormatter.ofPattern(
                    "EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private KinesisErrors() {}

    public static AwsException invalidArgument(String message) {
        return AwsException.badRequest("InvalidArgumentException", message);
    }

    public static AwsException validation(String message) {
        return AwsException.badRequest("ValidationException", message);
    }

    public static AwsException limitExceeded(String message) {
        return AwsException.badRequest("LimitExceededException", message);
    }

    public static AwsException resourceInUse(String message) {
        return AwsException.badRequest("ResourceInUseException", message);
    }

    public static AwsException notFound(String message) {
        return AwsException.badRequest("ResourceNotFoundException", message);
    }

    public static AwsException streamNotFound(String stream, String account) {
        return notFound("Stream " + stream + " under account " + account + " not found.");
    }

    public static AwsException streamExists(String stream, String account) {
        return resourceInUse("Stream " + stream + " under account " + account + " already exists.");
    }

    public static AwsException streamNotActive(String stream, String account, String state) {
        return resourceInUse(
                "Stream " + stream + " under account " + account + " not ACTIVE, instead in state " + state);
    }

    /** The shard id names no shard that any stream could have. */
    public static AwsException noSuchShardId(String shardId, String stream, String account) {
        return notFound("Could not find shard " + shardId + " in stream " + stream + " under account " + account + ".");
    }

    public static AwsException shardDoesNotExist(String shardId, String stream, String account) {
        return notFound("Shard " + shardId + " in stream " + stream + " under account " + account + " does not exist");
    }

    public static AwsException invalidIterator() {
        return invalidArgument("Invalid ShardIterator.");
    }

    public static AwsException expiredIterator(Instant createdAt, Instant now, long toleratedMillis) {
        return AwsException.badRequest(
                "ExpiredIteratorException", "Iterator expired. The iterator" + tooOld(createdAt, now, toleratedMillis));
    }

    public static AwsException expiredNextToken(Instant createdAt, Instant now, long toleratedMillis) {
        return AwsException.badRequest(
                "ExpiredNextTokenException", "NextToken expired. The token" + tooOld(createdAt, now, toleratedMillis));
    }

    public static AwsException writesThrottled(String shardId, String stream, String account) {
        return throughputExceeded(writeRateExceeded(shardId, stream, account));
    }

    /** The text of the error that PutRecords gives for a single record. */
    public static String writeRateExceeded(String shardId, String stream, String account) {
        return "Rate exceeded for shard " + shardId + " in stream " + stream + " under account " + account + ".";
    }

    public static AwsException readsThrottled(String shardId, String stream, String account) {
        return throughputExceeded("Rate exceeded for Shard - " + account + "/" + stream + "/" + shardId);
    }

    /** Nothing was stored, and trying again later may succeed. */
    public static AwsException noRoom() {
        return internalFailure("The server has no room to store records. Nothing of this request was stored.");
    }

    /** It is not known whether the records are stored. */
    public static AwsException internalFailure(String message) {
        return AwsException.of("InternalFailureException", 500, message);
    }

    private static AwsException throughputExceeded(String message) {
        return AwsException.badRequest("ProvisionedThroughputExceededException", message);
    }

    private static String tooOld(Instant createdAt, Instant now, long toleratedMillis) {
        return " was created at time " + ITERATOR_TIME.format(createdAt) + " while right now it is "
                + ITERATOR_TIME.format(now) + " which is further in the future than the tolerated delay of "
                + toleratedMillis + " milliseconds.";
    }
}
