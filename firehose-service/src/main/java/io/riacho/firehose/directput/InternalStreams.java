package io.riacho.firehose.directput;

import io.riacho.firehose.deliverystream.DeliveryStream;
import io.riacho.firehose.deliverystream.DeliveryStreamFailedException;
import io.riacho.firehose.deliverystream.Failure;
import io.riacho.firehose.deliverystream.SourceEncryption;
import io.riacho.firehose.deliverystream.SourceKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamFailureType;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * The streams in which records wait that were put into delivery streams: one for each, on demand, known to nobody else.
 * Safe for use by many threads.
 */
public final class InternalStreams implements SourceEncryption {

    /** Streams whose names begin so are Riacho's own: Kinesis does not list them. */
    private static final String PREFIX = "riacho.firehose.";

    private static final String OWN_KEY = "alias/aws/kinesis";
    private static final int USUAL_RETENTION = 24;
    private static final int LOOKS = 600;
    private static final long LOOK_MILLIS = 100;

    private final Supplier<KinesisAsyncClient> kinesis;
    private final int retentionHours;

    public InternalStreams(Supplier<KinesisAsyncClient> kinesis, int retentionHours) {
        this.kinesis = kinesis;
        this.retentionHours = retentionHours;
    }

    /** The name holds the id, so that a delivery stream that is made anew begins with nothing. */
    public static String nameOf(DeliveryStream stream) {
        return PREFIX + stream.name() + "." + stream.id().toString().substring(0, 8);
    }

    /** Makes the stream where it is not there, and waits until it can be used. */
    public void create(DeliveryStream stream) throws InterruptedException {
        String name = nameOf(stream);
        StreamDescriptionSummary found = find(name);
        if (found == null) {
            ask(kinesis.get()
                    .createStream(request ->
                            request.streamName(name).streamModeDetails(mode -> mode.streamMode(StreamMode.ON_DEMAND))));
        }
        if (awaitActive(name).retentionPeriodHours() < retentionHours && retentionHours > USUAL_RETENTION) {
            ask(kinesis.get()
                    .increaseStreamRetentionPeriod(
                            request -> request.streamName(name).retentionPeriodHours(retentionHours)));
            awaitActive(name);
        }
    }

    /** Deletes the stream with all that waits in it. */
    public void delete(DeliveryStream stream) throws InterruptedException {
        try {
            ask(kinesis.get()
                    .deleteStream(request -> request.streamName(nameOf(stream)).enforceConsumerDeletion(true)));
        } catch (ResourceNotFoundException e) {
            // It was deleted in a former life.
        }
    }

    /** The ARN of the stream; it has to be there. */
    public String arnOf(DeliveryStream stream) throws InterruptedException {
        return awaitActive(nameOf(stream)).streamARN();
    }

    @Override
    public void enable(DeliveryStream stream, SourceKey key)
            throws DeliveryStreamFailedException, InterruptedException {
        String name = nameOf(stream);
        String keyId = key.arn() == null ? OWN_KEY : key.arn();
        StreamDescriptionSummary now = awaitActive(name);
        if (now.encryptionType() == EncryptionType.KMS && keyId.equals(now.keyId())) {
            return;
        }
        try {
            ask(kinesis.get()
                    .startStreamEncryption(request -> request.streamName(name)
                            .encryptionType(EncryptionType.KMS)
                            .keyId(keyId)));
        } catch (KinesisException e) {
            throw failed(e);
        }
        awaitActive(name);
    }

    @Override
    public void disable(DeliveryStream stream) throws DeliveryStreamFailedException, InterruptedException {
        String name = nameOf(stream);
        StreamDescriptionSummary now = awaitActive(name);
        if (now.encryptionType() != EncryptionType.KMS) {
            return;
        }
        try {
            ask(kinesis.get()
                    .stopStreamEncryption(request -> request.streamName(name)
                            .encryptionType(EncryptionType.KMS)
                            .keyId(now.keyId())));
        } catch (KinesisException e) {
            throw failed(e);
        }
        awaitActive(name);
    }

    private static DeliveryStreamFailedException failed(KinesisException e) {
        if (e instanceof ResourceInUseException || e.statusCode() >= 500) {
            throw e;
        }
        String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
        DeliveryStreamFailureType type = switch (code) {
            case "KMSAccessDeniedException" -> DeliveryStreamFailureType.KMS_ACCESS_DENIED;
            case "KMSDisabledException" -> DeliveryStreamFailureType.DISABLED_KMS_KEY;
            case "KMSInvalidStateException" -> DeliveryStreamFailureType.INVALID_KMS_KEY;
            case "KMSNotFoundException" -> DeliveryStreamFailureType.KMS_KEY_NOT_FOUND;
            case "KMSOptInRequired" -> DeliveryStreamFailureType.KMS_OPT_IN_REQUIRED;
            default -> DeliveryStreamFailureType.UNKNOWN_ERROR;
        };
        String message = e.awsErrorDetails() == null
                ? String.valueOf(e.getMessage())
                : e.awsErrorDetails().errorMessage();
        return new DeliveryStreamFailedException(new Failure(type, message));
    }

    private StreamDescriptionSummary awaitActive(String name) throws InterruptedException {
        for (int look = 0; look < LOOKS; look++) {
            StreamDescriptionSummary found = find(name);
            if (found == null) {
                throw new IllegalStateException("There is no stream " + name);
            }
            if (found.streamStatus() == StreamStatus.ACTIVE) {
                return found;
            }
            Thread.sleep(LOOK_MILLIS);
        }
        throw new IllegalStateException("Stream " + name + " does not become active");
    }

    private @Nullable StreamDescriptionSummary find(String name) throws InterruptedException {
        try {
            return ask(kinesis.get().describeStreamSummary(request -> request.streamName(name)))
                    .streamDescriptionSummary();
        } catch (ResourceNotFoundException e) {
            return null;
        }
    }

    private static <T> T ask(CompletableFuture<T> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
