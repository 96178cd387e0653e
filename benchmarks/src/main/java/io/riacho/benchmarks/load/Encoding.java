package io.riacho.benchmarks.load;

/** How requests and their answers are encoded. */
public enum Encoding {
    JSON("application/x-amz-json-1.1"),
    CBOR("application/x-amz-cbor-1.1");

    private final String contentType;

    Encoding(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }
}
