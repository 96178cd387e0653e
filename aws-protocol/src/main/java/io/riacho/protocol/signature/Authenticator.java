package io.riacho.protocol.signature;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.Caller;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One way to prove who asks. The first authenticator that knows the request's credentials decides. */
public interface Authenticator {

    /**
     * Finds out who the request claims to be from, before its body is read.
     *
     * @param service the name that requests to this API are signed for
     * @return empty where the request carries no credentials of this kind
     * @throws AwsException where the credentials are malformed, expired, not known or meant for another service
     */
    Optional<Claim> claim(RequestHead request, String service);

    /** A claim that the body has yet to confirm. */
    interface Claim {

        /**
         * Returns who asks.
         *
         * @param bodyHash the SHA-256 of the body
         * @throws AwsException where the claim is false
         */
        Caller verify(byte[] bodyHash);

        /**
         * Who it is now that the claim was verified for a while: with the policies that the caller has by now.
         *
         * @throws AwsException where the credentials are not accepted any more
         */
        Caller current();

        /** The id of the access key or token that the claim is made by, for the audit log; null where it has none. */
        default @Nullable String credential() {
            return null;
        }

        /**
         * Whether the header could not have been exchanged on the way: it is signed, or credentials of this kind sign
         * nothing.
         */
        default boolean binds(String header) {
            return true;
        }
    }
}
