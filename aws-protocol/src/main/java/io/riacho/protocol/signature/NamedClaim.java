package io.riacho.protocol.signature;

import io.riacho.protocol.Caller;
import io.riacho.protocol.signature.Authenticator.Claim;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A claim that says by which credentials it is made.
 *
 * @param verification gives the caller for the SHA-256 of the body
 * @param now gives the caller as it is by then
 */
public record NamedClaim(String credential, Function<byte[], Caller> verification, Supplier<Caller> now)
        implements Claim {

    @Override
    public Caller verify(byte[] bodyHash) {
        return verification.apply(bodyHash);
    }

    @Override
    public Caller current() {
        return now.get();
    }
}
