package io.riacho.protocol.server;

import io.riacho.protocol.RequestContext;
import io.riacho.protocol.WireFormat;
import io.riacho.protocol.WireOperation;
import io.riacho.protocol.shape.ShapeReader;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/**
 * A request of Smithy's RPC v2 CBOR protocol, whose path names API and operation.
 *
 * @see <a href="https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html">Smithy RPC v2 CBOR protocol</a>
 */
final class RpcCall implements Call {

    static final String PATHS = "/service/*";
    private static final String ROOT = "/service";

    private static final String PROTOCOL = "rpc-v2-cbor";
    private static final Pattern PATH = Pattern.compile("/service/(\\w{1,128})/operation/(\\w{1,128})");

    /** What AWS allows a request of CloudWatch. */
    private static final int MAX_BODY = 1024 * 1024;

    private final HttpServletRequest request;
    private final String requestId;
    private final ShapeReader reader;
    private final RpcAnswer answer;
    private final @Nullable RpcApi api;
    private final @Nullable Operation operation;
    private @Nullable Body body;

    RpcCall(
            HttpServletRequest request,
            String requestId,
            OperationTable operations,
            ShapeReader reader,
            RpcAnswer answer) {
        this.request = request;
        this.requestId = requestId;
        this.reader = reader;
        this.answer = answer;
        Matcher path = PATH.matcher(request.getRequestURI());
        this.api = path.matches() ? operations.rpcApi(path.group(1)) : null;
        this.operation = api == null ? null : api.find(path.group(2));
        if (api != null) {
            answer.isFrom(api);
        }
    }

    static boolean isRpcPath(HttpServletRequest request) {
        return request.getServletPath().equals(ROOT);
    }

    /** Whether a request to one of the protocol's paths is in the protocol. */
    static boolean isRpc(HttpServletRequest request) {
        return request.getMethod().equals("POST")
                && PROTOCOL.equals(request.getHeader("smithy-protocol"))
                && (ContentTypes.isRpc(request.getContentType()) || request.getContentType() == null);
    }

    @Override
    public HttpServletRequest request() {
        return request;
    }

    @Override
    public String requestId() {
        return requestId;
    }

    @Override
    public Answer answer() {
        return answer;
    }

    @Override
    public String service() {
        return found().service();
    }

    @Override
    public boolean mayBeUnsigned() {
        return false;
    }

    @Override
    public boolean mayBeCompressed() {
        return true;
    }

    @Override
    public int maxBody() {
        return MAX_BODY;
    }

    @Override
    public Operation find(Body content) {
        body = content;
        return found();
    }

    @Override
    public <T extends SdkPojo> T read(Class<T> shape) {
        Body content = Objects.requireNonNull(body);
        return reader.read(shape, WireFormat.CBOR, content.array(), 0, content.length());
    }

    @Override
    public void serve(WireOperation wire, RequestContext context) {
        throw new IllegalStateException("an operation of an RPC API does not write the wire itself");
    }

    @Override
    public @Nullable Operation operation() {
        return operation;
    }

    @Override
    public String name() {
        return operation == null ? request.getRequestURI() : operation.service() + '.' + operation.name();
    }

    private Operation found() {
        if (operation == null) {
            throw WireErrors.unknownOperation();
        }
        return operation;
    }
}
