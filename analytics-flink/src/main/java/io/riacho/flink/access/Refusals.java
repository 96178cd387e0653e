package io.riacho.flink.access;

import java.util.Set;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Has credentials renewed that a service does not take any more, such as after their session was revoked. */
final class Refusals implements ExecutionInterceptor {

    static final Set<String> CODES =
            Set.of("UnrecognizedClientException", "InvalidClientTokenId", "ExpiredTokenException", "ExpiredToken");

    private final EndpointCredentials credentials;

    Refusals(EndpointCredentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        Throwable failure = context.exception();
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof AwsServiceException refused
                && refused.awsErrorDetails() != null
                && CODES.contains(refused.awsErrorDetails().errorCode())) {
            credentials.forget();
        }
    }
}
