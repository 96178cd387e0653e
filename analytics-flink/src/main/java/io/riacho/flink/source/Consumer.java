package io.riacho.flink.source;

import io.riacho.flink.access.AwsClients;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/**
 * The registered consumer of enhanced fan-out that a reader's subscriptions belong to. It is registered where it is not
 * there, if the table does not say that others do, and stays registered: the next run uses it again. Safe for use by many threads.
 */
final class Consumer {

    private static final Duration CHECK = Duration.ofMillis(500);

    private final Feeding feeding;
    private final String name;
    private @Nullable CompletableFuture<String> arn;

    Consumer(Feeding feeding, String name) {
        this.feeding = feeding;
        this.name = name;
    }

    /** Its ARN, once it is ACTIVE. */
    synchronized CompletableFuture<String> arn() {
        CompletableFuture<String> known = arn;
        if (known == null || known.isCompletedExceptionally()) {
            known = new CompletableFuture<>();
            arn = known;
            stream(known);
        }
        return known;
    }

    /** It may have been deregistered by somebody. */
    synchronized void forget() {
        arn = null;
    }

    /** Consumers are registered by the stream's ARN. */
    private void stream(CompletableFuture<String> result) {
        String given = feeding.settings.arn();
        if (given != null) {
            describe(given, result);
            return;
        }
        var unused = feeding.client
                .describeStreamSummary(request -> request.streamName(feeding.settings.name()))
                .whenComplete((answer, failure) -> {
                    if (answer != null) {
                        describe(answer.streamDescriptionSummary().streamARN(), result);
                    } else {
                        result.completeExceptionally(AwsClients.cause(failure));
                    }
                });
    }

    private void describe(String stream, CompletableFuture<String> result) {
        var unused = feeding.client
                .describeStreamConsumer(request -> request.streamARN(stream).consumerName(name))
                .whenComplete((answer, failure) -> {
                    if (answer != null) {
                        ConsumerStatus status = answer.consumerDescription().consumerStatus();
                        if (status == ConsumerStatus.ACTIVE) {
                            result.complete(answer.consumerDescription().consumerARN());
                        } else {
                            feeding.later(CHECK, () -> describe(stream, result));
                        }
                        return;
                    }
                    Throwable cause = AwsClients.cause(Objects.requireNonNull(failure));
                    // It is the consumer that is missing, or the stream, which the registration tells.
                    if (cause instanceof ResourceNotFoundException && feeding.settings.registers()) {
                        register(stream, result);
                    } else {
                        result.completeExceptionally(cause);
                    }
                });
    }

    private void register(String stream, CompletableFuture<String> result) {
        var unused = feeding.client
                .registerStreamConsumer(request -> request.streamARN(stream).consumerName(name))
                .whenComplete((answer, failure) -> {
                    Throwable cause = failure == null ? null : AwsClients.cause(failure);
                    // Another reader was faster, or the last one of this name is still on its way out.
                    if (cause == null || cause instanceof ResourceInUseException) {
                        feeding.later(CHECK, () -> describe(stream, result));
                    } else {
                        result.completeExceptionally(cause);
                    }
                });
    }
}
