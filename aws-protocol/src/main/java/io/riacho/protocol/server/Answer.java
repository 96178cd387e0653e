package io.riacho.protocol.server;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.WireFormat;
import io.riacho.protocol.WireResponse;
import io.riacho.protocol.shape.ShapeWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** The answer to one request, in the request's format. */
final class Answer implements WireResponse {

    private final HttpServletResponse response;
    private final ShapeWriter writer;
    private final WireFormat format;
    private @Nullable RequestContext context;

    Answer(HttpServletResponse response, ShapeWriter writer, WireFormat format) {
        this.response = response;
        this.writer = writer;
        this.format = format;
    }

    /** From now on only answers that were decided on are sent. */
    void guard(RequestContext served) {
        context = served;
    }

    @Override
    public void send(SdkPojo answer) throws IOException {
        requireDecision();
        Buffer buffer = new Buffer();
        writer.write(answer, format, buffer);
        send(200, buffer);
    }

    @Override
    public OutputStream body(long length) throws IOException {
        requireDecision();
        response.setStatus(200);
        response.setContentType(ContentTypes.of(format));
        if (length >= 0) {
            response.setContentLengthLong(length);
        }
        return response.getOutputStream();
    }

    /** Answers 200 without a body. */
    void sendEmpty() throws IOException {
        requireDecision();
        send(200, new Buffer());
    }

    void sendError(AwsException error) throws IOException {
        Buffer buffer = new Buffer();
        writer.writeError(error.type(), error.getMessage(), format, buffer);
        response.setHeader("x-amzn-ErrorType", error.type());
        send(error.status(), buffer);
    }

    /** An error to a request in no known format: AWS then writes XML, without saying so in a content type. */
    static void sendXmlError(HttpServletResponse response, int status, String type, String message) throws IOException {
        String text = message.isEmpty()
                ? "<" + type + "/>\n"
                : "<" + type + ">\n  <Message>" + message + "</Message>\n</" + type + ">\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /** A last guard: an operation that forgot to ask must not tell anybody anything. */
    private void requireDecision() {
        if (context == null || !context.isDecided()) {
            throw new IllegalStateException("nobody decided whether this request may be served");
        }
    }

    private void send(int status, Buffer buffer) throws IOException {
        response.setStatus(status);
        response.setContentType(ContentTypes.of(format));
        response.setContentLength(buffer.size());
        buffer.writeTo(response.getOutputStream());
    }

    private static final class Buffer extends ByteArrayOutputStream {

        Buffer() {
            super(1024);
        }
    }
}
