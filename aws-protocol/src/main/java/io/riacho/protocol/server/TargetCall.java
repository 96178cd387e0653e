package io.riacho.protocol.server;

import io.riacho.protocol.RequestContext;
import io.riacho.protocol.WireFormat;
import io.riacho.protocol.WireOperation;
import io.riacho.protocol.shape.ShapeReader;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** A request in JSON or CBOR, whose operation is named by the {@code X-Amz-Target} header. */
final class TargetCall implements Call {

    private final HttpServletRequest request;
    private final String requestId;
    private final @Nullable String target;
    private final @Nullable Operation operation;
    private final WireFormat format;
    private final ShapeReader reader;
    private final ShapeAnswer answer;
    private @Nullable Body body;

    TargetCall(
            HttpServletRequest request,
            String requestId,
            @Nullable String target,
            @Nullable Operation operation,
            WireFormat format,
            ShapeReader reader,
            ShapeAnswer answer) {
        this.request = request;
        this.requestId = requestId;
        this.target = target;
        this.operation = operation;
        this.format = format;
        this.reader = reader;
        this.answer = answer;
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
        return found().compressible();
    }

    @Override
    public int maxBody() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Operation find(Body content) {
        body = content;
        return found();
    }

    @Override
    public <T extends SdkPojo> T read(Class<T> shape) {
        Body content = Objects.requireNonNull(body);
        return reader.read(shape, format, content.array(), 0, content.length());
    }

    @Override
    public void serve(WireOperation wire, RequestContext context) throws IOException {
        wire.handle(new Asked(found(), context, format, Objects.requireNonNull(body), reader), answer);
    }

    @Override
    public @Nullable Operation operation() {
        return operation;
    }

    @Override
    public String name() {
        return String.valueOf(target);
    }

    private Operation found() {
        if (operation == null) {
            throw WireErrors.unknownOperation();
        }
        return operation;
    }
}
