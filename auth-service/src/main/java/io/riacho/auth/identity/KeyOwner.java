package io.riacho.auth.identity;

import io.riacho.protocol.Caller;

/** An active access key's secret, sealed under the root key, and whose it is. */
public final class KeyOwner {

    private final byte[] sealedSecret;
    private final Caller caller;

    KeyOwner(byte[] sealedSecret, Caller caller) {
        this.sealedSecret = sealedSecret;
        this.caller = caller;
    }

    /** Not a copy. Not to be changed. */
    public byte[] sealedSecret() {
        return sealedSecret;
    }

    public Caller caller() {
        return caller;
    }

    @Override
    public String toString() {
        return "KeyOwner[" + caller.arn() + "]";
    }
}
