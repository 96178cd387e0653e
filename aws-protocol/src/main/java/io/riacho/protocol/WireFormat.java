package io.riacho.protocol;

/** How a request and its answer are encoded. */
public enum WireFormat {
    /** {@code application/x-amz-json-1.1}: blobs in Base64, timestamps in seconds with a fraction. */
    JSON,
    /** {@code application/x-amz-cbor-1.1}: blobs as byte strings, timestamps as tag 1 over milliseconds. */
    CBOR
}
