package io.riacho.auth.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.kms.model.KmsException;

/** What clients are told of calls that are refused. */
final class Failures {

    private Failures() {}

    /** Fails where the call succeeds or is refused for another reason; gives AWS's text. */
    static String refused(String type, ThrowingCallable call) {
        KmsException e = catchThrowableOfType(KmsException.class, call);
        assertThat(e).as("the call is refused").isNotNull();
        assertThat(e.awsErrorDetails().errorCode()).as(e.getMessage()).isEqualTo(type);
        return e.awsErrorDetails().errorMessage();
    }
}
