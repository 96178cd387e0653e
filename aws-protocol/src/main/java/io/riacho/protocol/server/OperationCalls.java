package io.riacho.protocol.server;

import io.riacho.protocol.RequestContext;
import io.riacho.protocol.StreamedAnswer;
import io.riacho.protocol.WireFormat;
import io.riacho.protocol.WireRequest;
import io.riacho.protocol.WireResponse;
import io.riacho.protocol.audit.AuditLog;
import io.riacho.protocol.shape.ShapeReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Calls operations as the wire does, for endpoints of another form: what the model's constraints and the caller's
 * policies say counts, and changes are audited. Safe for use by many threads.
 */
public final class OperationCalls {

    private static final byte[] NO_BODY = {};

    private final OperationTable operations;
    private final AuditLog audit;
    private final ShapeReader reader = new ShapeReader();

    OperationCalls(OperationTable operations, AuditLog audit) {
        this.operations = operations;
        this.audit = audit;
    }

    /**
     * Calls an operation that has an output.
     *
     * @param context whose caller asks; what was decided about it before does not count
     * @throws io.riacho.protocol.AwsException as the operation does, and where the input or the caller is refused
     */
    public <T extends SdkPojo> T call(
            String service, String operation, SdkPojo input, Class<T> output, RequestContext context) {
        Object answer = serve(find(service, operation), input, output, context);
        if (answer == null) {
            throw new IllegalStateException(service + ":" + operation + " has no output");
        }
        return output.cast(answer);
    }

    /** Calls an operation that has no output. */
    public void call(String service, String operation, SdkPojo input, RequestContext context) {
        Object unused = serve(find(service, operation), input, null, context);
    }

    /** Requires that the caller may do it, without doing it. */
    public void require(String service, String operation, SdkPojo input, RequestContext context) {
        Operation found = find(service, operation);
        found.constraints().check(operation, input);
        RequestContext call = context.anew();
        found.access().check(operation, input, call);
        settle(call, context);
    }

    private @Nullable Object serve(
            Operation operation, SdkPojo input, @Nullable Class<? extends SdkPojo> output, RequestContext context) {
        RequestContext call = context.anew();
        if (operation.isChange()) {
            audit.requireReady();
        }
        Object answer = switch (operation.handler()) {
            case Handler.OnWire(var wire) -> {
                Answered answered = new Answered();
                try {
                    wire.handle(new Given(operation, call, input), answered);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                yield output == null ? null : answered.as(output, reader);
            }
            case Handler.OnMethod method -> {
                operation.constraints().check(operation.name(), input);
                operation.access().check(operation.name(), input, call);
                yield call(method, input, call);
            }
            case Handler.Nobody() -> throw WireErrors.notImplemented(operation.name());
        };
        settle(call, context);
        if (operation.isChange()) {
            audit.changed(call, operation.service(), operation.name());
        }
        return answer;
    }

    /** A last guard, as on the wire: what nobody decided on is not told. */
    private static void settle(RequestContext call, RequestContext context) {
        if (!call.isDecided()) {
            throw new IllegalStateException("nobody decided whether this call may be served");
        }
        context.requireNothing();
    }

    private static @Nullable Object call(Handler.OnMethod method, SdkPojo input, RequestContext context) {
        try {
            return method.call(input, context);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private Operation find(String service, String operation) {
        Operation found = operations.find(service, operation);
        if (found == null) {
            throw new IllegalArgumentException("no API offers " + service + ":" + operation);
        }
        return found;
    }

    /** A request that needs no decoding, to an operation that would decode it. */
    private record Given(Operation operation, RequestContext context, SdkPojo input) implements WireRequest {

        @Override
        public WireFormat format() {
            return WireFormat.CBOR;
        }

        @Override
        public byte[] body() {
            return NO_BODY;
        }

        @Override
        public int bodyPosition() {
            return 0;
        }

        @Override
        public int bodyLength() {
            return 0;
        }

        @Override
        public <T extends SdkPojo> T decode(Class<T> shape) {
            operation.constraints().check(operation.name(), input);
            return shape.cast(input);
        }
    }

    /** Keeps an answer in memory. */
    private static final class Answered implements WireResponse {

        private final Bytes bytes = new Bytes();
        private @Nullable SdkPojo sent;

        @Override
        public void send(SdkPojo answer) {
            sent = answer;
        }

        @Override
        public OutputStream body(long length) {
            return bytes;
        }

        @Override
        public void stream(String contentType, StreamedAnswer answer) {
            throw new IllegalStateException("an answer that goes on is for the wire alone");
        }

        SdkPojo as(Class<? extends SdkPojo> output, ShapeReader reader) {
            SdkPojo answer = sent;
            return answer != null ? answer : reader.read(output, WireFormat.CBOR, bytes.array(), 0, bytes.size());
        }
    }

    private static final class Bytes extends ByteArrayOutputStream {

        byte[] array() {
            return buf;
        }
    }
}
