package io.riacho.streams;

import io.riacho.protocol.Authorizer;
import io.riacho.protocol.Caller;
import io.riacho.protocol.Connection;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.StreamedAnswer;
import io.riacho.protocol.WireFormat;
import io.riacho.protocol.WireRequest;
import io.riacho.protocol.WireResponse;
import io.riacho.protocol.audit.JsonAuditLog;
import io.riacho.protocol.authorization.PolicyAuthorizer;
import io.riacho.protocol.model.Constraints;
import io.riacho.protocol.model.ServiceModel;
import io.riacho.protocol.shape.ShapeReader;
import io.riacho.protocol.shape.ShapeWriter;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import software.amazon.awssdk.core.SdkPojo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

/** Requests and answers as the wire has them, without a network. */
public final class TestWire {

    private static final Constraints CONSTRAINTS = Constraints.of(ServiceModel.load("kinesis"));
    private static final ShapeReader READER = new ShapeReader();
    private static final ShapeWriter WRITER = new ShapeWriter();
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final CBORMapper CBOR = CBORMapper.builder().build();

    private static final Authorizer AUTHORIZER =
            new PolicyAuthorizer(new JsonAuditLog(InstantSource.system()), InstantSource.system());

    private TestWire() {}

    /** A request for the operation, with the body somewhere within its array, as in a borrowed buffer. */
    public static WireRequest request(WireFormat format, String operation, byte[] body) {
        byte[] array = new byte[body.length + 16];
        System.arraycopy(body, 0, array, 5, body.length);
        return new Request(format, operation, array, 5, body.length);
    }

    public static WireRequest request(WireFormat format, SdkPojo request) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        WRITER.write(request, format, body);
        String operation = request.getClass().getSimpleName().replaceFirst("Request$", "");
        return request(format, operation, body.toByteArray());
    }

    public static ObjectMapper mapper(WireFormat format) {
        return format == WireFormat.JSON ? JSON : CBOR;
    }

    private record Request(WireFormat format, String operation, byte[] body, int bodyPosition, int bodyLength)
            implements WireRequest {

        @Override
        public RequestContext context() {
            return new RequestContext(
                    "test",
                    "eu-central-1",
                    Caller.root("123456789012"),
                    new Connection("127.0.0.1", false, null, null, null),
                    AUTHORIZER);
        }

        @Override
        public <T extends SdkPojo> T decode(Class<T> shape) {
            T input = READER.read(shape, format, body, bodyPosition, bodyLength);
            CONSTRAINTS.check(operation, input);
            return input;
        }
    }

    /** Keeps an answer. */
    public static final class Response implements WireResponse {

        private final WireFormat format;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private long announced;
        private int writes;

        public Response(WireFormat format) {
            this.format = format;
        }

        @Override
        public void send(SdkPojo answer) {
            WRITER.write(answer, format, body);
        }

        @Override
        public OutputStream body(long length) {
            announced = length;
            return new OutputStream() {
                @Override
                public void write(int next) {
                    body.write(next);
                }

                @Override
                public void write(byte[] bytes, int position, int length) {
                    writes++;
                    body.write(bytes, position, length);
                }
            };
        }

        @Override
        public void stream(String contentType, StreamedAnswer answer) {
            throw new UnsupportedOperationException();
        }

        /** The length that was told before the body was written; -1 for a body in pieces. */
        public long announced() {
            return announced;
        }

        public int writes() {
            return writes;
        }

        public byte[] bytes() {
            return body.toByteArray();
        }

        public JsonNode tree() {
            return mapper(format).readTree(bytes());
        }
    }
}
