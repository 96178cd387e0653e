package io.riacho.access;

import java.util.Set;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Tells a role's credentials that a service does not take them any more, such as after the session was revoked. */
final class CredentialRefusals implements ExecutionInterceptor {

    static final Set<String> REFUSALS =
            Set.of("UnrecognizedClientException", "InvalidClientTokenId", "ExpiredTokenException", "ExpiredToken");

    private final RoleCredentialsProvider credentials;

    CredentialRefusals(RoleCredentialsProvider credentials) {
        this.credentials = credentials;
    }

    @Override
    public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes attributes) {
        Throwable failure = context.exception();
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof AwsServiceException refused
                && refused.awsErrorDetails() != null
                && REFUSALS.contains(refused.awsErrorDetails().errorCode())) {
            credentials.forget();
        }
    }
}
