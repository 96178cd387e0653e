package io.riacho.protocol.server;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.WireFormat;
import io.riacho.protocol.shape.ShapeWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** An answer in Smithy's RPC v2 CBOR protocol. */
final class RpcAnswer extends Answer {

    /** Of errors that all of AWS's APIs have. */
    private static final String COMMON = "com.amazon.coral.service";

    private static final byte[] EMPTY = {(byte) 0xBF, (byte) 0xFF};

    private final ShapeWriter writer;
    private final boolean queryErrors;
    private @Nullable RpcApi api;

    /** @param queryErrors whether errors carry the names that they have in the API's Query protocol, too */
    RpcAnswer(HttpServletResponse response, ShapeWriter writer, boolean queryErrors) {
        super(response);
        this.writer = writer;
        this.queryErrors = queryErrors;
    }

    void isFrom(RpcApi asked) {
        api = asked;
    }

    @Override
    public void send(SdkPojo answer) throws IOException {
        requireDecision();
        Buffer buffer = new Buffer();
        writer.write(answer, WireFormat.CBOR, buffer);
        sendCbor(200, buffer);
    }

    /** An empty map. */
    @Override
    void sendEmpty() throws IOException {
        requireDecision();
        Buffer buffer = new Buffer();
        buffer.write(EMPTY);
        sendCbor(200, buffer);
    }

    @Override
    void sendError(AwsException error) throws IOException {
        boolean modelled = api != null && api.errors().containsKey(error.type());
        String namespace = modelled && api != null ? api.namespace() : COMMON;
        if (queryErrors) {
            QueryMode.tell(response(), error, api == null ? Map.of() : api.errors());
        }
        Buffer buffer = new Buffer();
        writer.writeError(namespace + '#' + error.type(), error.getMessage(), WireFormat.CBOR, buffer);
        sendCbor(error.status(), buffer);
    }

    private void sendCbor(int status, Buffer buffer) throws IOException {
        response().setHeader("smithy-protocol", "rpc-v2-cbor");
        send(status, ContentTypes.RPC, buffer);
    }
}
