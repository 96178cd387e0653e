package io.riacho.streams.rest;

import io.riacho.protocol.RequestContext;
import io.riacho.protocol.server.OperationCalls;
import software.amazon.awssdk.services.kinesis.model.KinesisRequest;
import software.amazon.awssdk.services.kinesis.model.KinesisResponse;

/** The operations of Kinesis Data Streams, as the wire offers them. */
public final class KinesisCalls {

    private static final String SERVICE = "kinesis";
    private static final String REQUEST = "Request";

    private final OperationCalls calls;

    public KinesisCalls(OperationCalls calls) {
        this.calls = calls;
    }

    /** Calls the operation that the request is of, which has an output. */
    <T extends KinesisResponse> T call(KinesisRequest request, Class<T> output, RequestContext context) {
        return calls.call(SERVICE, operation(request), request, output, context);
    }

    /** Calls the operation that the request is of, which has no output. */
    void call(KinesisRequest request, RequestContext context) {
        calls.call(SERVICE, operation(request), request, context);
    }

    /** Requires that the caller may ask for it, without asking for it. */
    void require(KinesisRequest request, RequestContext context) {
        calls.require(SERVICE, operation(request), request, context);
    }

    private static String operation(KinesisRequest request) {
        String name = request.getClass().getSimpleName();
        return name.substring(0, name.length() - REQUEST.length());
    }
}
