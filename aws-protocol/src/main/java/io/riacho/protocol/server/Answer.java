package io.riacho.protocol.server;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.RequestContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** The answer to one request, in the request's protocol. */
abstract sealed class Answer permits ShapeAnswer, QueryAnswer, RpcAnswer {

    private final HttpServletResponse response;
    private @Nullable RequestContext context;

    Answer(HttpServletResponse response) {
        this.response = response;
    }

    /** From now on only answers that were decided on are sent. */
    final void guard(RequestContext served) {
        context = served;
    }

    /** Whose request is answered, once that is known. */
    final @Nullable RequestContext context() {
        return context;
    }

    /** Answers 200 with the SDK's model class. */
    public abstract void send(SdkPojo answer) throws IOException;

    /** Writes the body that the operation left to be written; where it left none, nothing is done. */
    void goOn() throws IOException {}

    /** Whether the operation left a body to be written. */
    boolean goesOn() {
        return false;
    }

    /** Answers 200 with nothing to tell. */
    abstract void sendEmpty() throws IOException;

    abstract void sendError(AwsException error) throws IOException;

    /** An error to a request in no known protocol: AWS then writes XML, without saying so in a content type. */
    static void sendXmlError(HttpServletResponse response, int status, String type, String message) throws IOException {
        String text = message.isEmpty()
                ? "<" + type + "/>\n"
                : "<" + type + ">\n  <Message>" + message + "</Message>\n</" + type + ">\n";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    final HttpServletResponse response() {
        return response;
    }

    /** A last guard: an operation that forgot to ask must not tell anybody anything. */
    final void requireDecision() {
        if (context == null || !context.isDecided()) {
            throw new IllegalStateException("nobody decided whether this request may be served");
        }
    }

    final void send(int status, String contentType, Buffer buffer) throws IOException {
        response.setStatus(status);
        response.setContentType(contentType);
        response.setContentLength(buffer.size());
        buffer.writeTo(response.getOutputStream());
    }

    static final class Buffer extends ByteArrayOutputStream {

        Buffer() {
            super(1024);
        }

        long crc32() {
            CRC32 crc = new CRC32();
            crc.update(buf, 0, count);
            return crc.getValue();
        }
    }
}
