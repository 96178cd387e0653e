package io.riacho.protocol.signature;

import io.riacho.protocol.Caller;
import io.riacho.protocol.signature.Authenticator.Claim;

/** A claim that says by which credentials it is made. */
public record NamedClaim(String credential, Claim claim) implements Claim {

    @Override
    public Caller verify(byte[] bodyHash) {
        return claim.verify(bodyHash);
    }
}
