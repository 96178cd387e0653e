package io.riacho.auth.iam;

import io.riacho.protocol.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operations on users are about the caller where they name nobody. */
public final class CallerNames {

    private CallerNames() {}

    /** @throws io.riacho.protocol.AwsException ValidationError where no user is named and the caller is none */
    public static String orOwn(@Nullable String userName, Caller caller) {
        if (userName != null) {
            return userName;
        }
        List<String> own = caller.keys().get("aws:username");
        if (own == null || own.isEmpty()) {
            throw IamErrors.validation("Must specify userName when calling with non-User credentials");
        }
        return own.getFirst();
    }
}
