package io.riacho.auth.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.iam.model.IamException;

/** What a call was refused with. */
final class Errors {

    private Errors() {}

    /** Asserts the error's code; gives its message to look at. */
    static AbstractStringAssert<?> assertRefused(String code, ThrowingCallable call) {
        IamException error = catchThrowableOfType(IamException.class, call);
        assertThat(error).as("refusal with %s", code).isNotNull();
        assertThat(error.awsErrorDetails().errorCode()).isEqualTo(code);
        return assertThat(error.awsErrorDetails().errorMessage());
    }

    static AbstractStringAssert<?> assertDenied(ThrowingCallable call) {
        return assertRefused("AccessDenied", call);
    }
}
