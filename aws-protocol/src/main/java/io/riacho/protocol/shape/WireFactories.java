package io.riacho.protocol.shape;

import io.riacho.protocol.WireFormat;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.cbor.CBORFactory;

/** Jackson's streams for both formats, with bounds on what a body may ask for. */
final class WireFactories {

    /** The values of DynamoDB may be nested 32 deep, each in an object that names its type, within a request. */
    private static final int MAX_DEPTH = 80;

    /** Many times what the largest request of any API has; keeps a body of brackets from becoming a heap of objects. */
    private static final long MAX_TOKENS = 200_000;

    private static final StreamReadConstraints CONSTRAINTS = StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxTokenCount(MAX_TOKENS)
            .maxStringLength(Integer.MAX_VALUE)
            .maxNameLength(4096)
            .build();

    private static final JsonFactory JSON =
            JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();
    private static final CBORFactory CBOR =
            CBORFactory.builder().streamReadConstraints(CONSTRAINTS).build();

    private WireFactories() {}

    static TokenStreamFactory of(WireFormat format) {
        return switch (format) {
            case JSON -> JSON;
            case CBOR -> CBOR;
        };
    }
}
