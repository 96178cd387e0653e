package io.riacho.streams.record;

import io.riacho.protocol.WireRequest;

/** Lets the microbenchmarks call the record path's decoder, which nobody else outside its package may. */
public final class PutDecoding {

    private PutDecoding() {}

    /** @return how many records were decoded */
    public static int putRecords(WireRequest request) {
        PutRequest decoded = PutDecoder.putRecords(request);
        if (decoded == null) {
            throw new IllegalStateException("The record path left the request to the generic decoder");
        }
        return decoded.batch().size();
    }
}
