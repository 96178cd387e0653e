package io.riacho.firehose.source.kinesis;

import io.riacho.firehose.source.SourceException;
import io.riacho.protocol.role.RoleException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.KinesisException;

/** Waits for Kinesis. */
final class KinesisAnswers {

    private KinesisAnswers() {}

    static <T> T await(CompletableFuture<T> answer) throws SourceException, InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        }
    }

    static SourceException failure(Throwable cause) {
        RoleException role = roleFailure(cause);
        if (role != null) {
            return new SourceException(
                    switch (role.reason()) {
                        case DENIED -> "Role.AccessDenied";
                        case UNAVAILABLE -> "Role.Unavailable";
                    },
                    role.getMessage(),
                    cause);
        }
        if (cause instanceof KinesisException refused && refused.awsErrorDetails() != null) {
            return new SourceException(
                    refused.awsErrorDetails().errorCode(),
                    refused.awsErrorDetails().errorMessage(),
                    cause);
        }
        return new SourceException("Unavailable", "Kinesis cannot be reached: " + cause.getMessage(), cause);
    }

    /** The SDK wraps what providers of credentials throw. */
    private static @Nullable RoleException roleFailure(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RoleException role) {
                return role;
            }
        }
        return null;
    }
}
