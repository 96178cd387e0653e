package io.riacho.firehose.destination.web;

import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.destination.s3.S3Configurations;
import io.riacho.firehose.error.FirehoseErrors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.S3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.SecretsManagerConfiguration;
import software.amazon.awssdk.services.firehose.model.VpcConfiguration;

/** What the configurations of several destinations say in the same way. */
public final class WebDestinations {

    private WebDestinations() {}

    /** Both of the hints, in the API's pairs of members, are given together or not at all. */
    public static BufferHints hints(
            @Nullable Integer mebibytes, @Nullable Integer seconds, int otherwiseMebibytes, int otherwiseSeconds) {
        if ((mebibytes == null) != (seconds == null)) {
            throw FirehoseErrors.invalidArgument(
                    "BufferingHints.SizeInMBs and BufferingHints.IntervalInSeconds have to be specified together");
        }
        return mebibytes == null || seconds == null
                ? BufferHints.of(otherwiseMebibytes, otherwiseSeconds)
                : BufferHints.of(mebibytes, seconds);
    }

    /** In the API's unit. */
    public static int mebibytes(BufferHints hints) {
        return (int) (hints.bytes() >> 20);
    }

    /** In the API's unit. */
    public static int seconds(BufferHints hints) {
        return (int) hints.interval().toSeconds();
    }

    public static void refuseSecretsManager(@Nullable SecretsManagerConfiguration given, String instead) {
        if (given != null && Boolean.TRUE.equals(given.enabled())) {
            throw FirehoseErrors.invalidArgument(
                    "SecretsManagerConfiguration.Enabled must be false: there is no Secrets Manager here. Give "
                            + instead + ".");
        }
    }

    public static void refuseVpc(@Nullable VpcConfiguration given) {
        if (given != null) {
            throw FirehoseErrors.invalidArgument(
                    "VpcConfiguration is not supported: Riacho connects from the network that it runs in.");
        }
    }

    public static S3DestinationConfiguration bucket(
            S3Configurations buckets, @Nullable S3DestinationConfiguration given) {
        if (given == null) {
            throw FirehoseErrors.invalidArgument("S3Configuration must not be null");
        }
        return buckets.complete(given);
    }

    /** A text that becomes the value of a header; errors do not show it. */
    public static void requireHeader(String value, String member) {
        if (!value.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
            throw FirehoseErrors.invalidArgument(
                    member + " may have printable ASCII characters only, because it is sent in a header");
        }
    }
}
