package io.riacho.streams.stream;

import io.riacho.protocol.AwsException;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.shard.ShardIds;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Finds the stream that a request means by its name, its ARN or both. */
public final class StreamResolver {

    private static final Pattern STREAM_ARN = Pattern.compile("arn:aws[^:]*:kinesis:[^:]*:(\\d{12}):stream/([^/]+)");
    private static final Pattern CONSUMER_ARN =
            Pattern.compile("(arn:aws[^:]*:kinesis:[^:]*:\\d{12}:stream/[^/]+)/consumer/[a-zA-Z0-9_.-]+:[0-9]+");

    private final StreamCatalog catalog;

    StreamResolver(StreamCatalog catalog) {
        this.catalog = catalog;
    }

    /** The stream, whatever its state. */
    public Stream resolve(@Nullable String name, @Nullable String arn, @Nullable String id) {
        return catalog.get(name(name, arn, id));
    }

    /** The stream, which has to be ACTIVE. */
    public Stream resolveActive(@Nullable String name, @Nullable String arn, @Nullable String id) {
        return requireActive(resolve(name, arn, id));
    }

    public Stream requireActive(Stream stream) {
        if (stream.status() != StreamStatus.ACTIVE) {
            throw KinesisErrors.streamNotActive(
                    stream.name(), catalog.naming().accountId(), stream.status().toString());
        }
        return stream;
    }

    /** The name of the stream that is meant, which need not exist. */
    public String name(@Nullable String name, @Nullable String arn, @Nullable String id) {
        if (id != null) {
            throw noStreamId();
        }
        if (arn == null) {
            if (name == null) {
                throw KinesisErrors.invalidArgument(
                        "Missing required parameter. Either StreamName or StreamARN must be provided.");
            }
            return name;
        }
        String named = nameOf(arn);
        if (name != null && !name.equals(named)) {
            throw KinesisErrors.invalidArgument(
                    "StreamName " + name + " and StreamARN " + arn + " do not name the same stream.");
        }
        return named;
    }

    public static AwsException noStreamId() {
        return KinesisErrors.invalidArgument(
                "Streams of this server have no StreamId. Use StreamName or StreamARN instead.");
    }

    /** Whether it is the ARN of a stream's consumer. */
    public static boolean isConsumer(String arn) {
        return CONSUMER_ARN.matcher(arn).matches();
    }

    /** The index of the shard that a list is to begin after, which need not exist; -1 where none is given. */
    int indexBefore(@Nullable String exclusiveStartShardId, Stream stream) {
        return exclusiveStartShardId == null
                ? -1
                : ShardIds.parse(exclusiveStartShardId)
                        .orElseThrow(() -> KinesisErrors.noSuchShardId(
                                exclusiveStartShardId,
                                stream.name(),
                                catalog.naming().accountId()));
    }

    private String nameOf(String arn) {
        Matcher parts = STREAM_ARN.matcher(arn);
        if (!parts.matches()) {
            throw KinesisErrors.invalidArgument("StreamARN " + arn + " is not the ARN of a stream.");
        }
        String named = parts.group(2);
        if (!arn.equals(catalog.naming().arnOf(named))) {
            throw KinesisErrors.streamNotFound(named, parts.group(1));
        }
        return named;
    }
}
