package io.riacho.protocol.server;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.StreamedAnswer;
import io.riacho.protocol.WireFormat;
import io.riacho.protocol.WireResponse;
import io.riacho.protocol.shape.ShapeWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** An answer in JSON or CBOR. */
final class ShapeAnswer extends Answer implements WireResponse {

    private final ShapeWriter writer;
    private final WireFormat format;
    private final JsonForm form;
    private final boolean queryErrors;
    private String streamedType = "";
    private @Nullable StreamedAnswer streamed;

    /** @param queryErrors whether errors carry the names that they have in the API's Query protocol, too */
    ShapeAnswer(
            HttpServletResponse response, ShapeWriter writer, WireFormat format, JsonForm form, boolean queryErrors) {
        super(response);
        this.writer = writer;
        this.format = format;
        this.form = form;
        this.queryErrors = queryErrors;
    }

    @Override
    public void send(SdkPojo answer) throws IOException {
        requireDecision();
        Buffer buffer = new Buffer();
        writer.write(answer, format, buffer);
        sendWhole(200, buffer);
    }

    @Override
    public OutputStream body(long length) throws IOException {
        requireDecision();
        response().setStatus(200);
        response().setContentType(contentType());
        if (length >= 0) {
            response().setContentLengthLong(length);
        }
        return response().getOutputStream();
    }

    @Override
    public void stream(String contentType, StreamedAnswer answer) {
        requireDecision();
        streamedType = contentType;
        streamed = answer;
    }

    @Override
    boolean goesOn() {
        return streamed != null;
    }

    @Override
    void goOn() throws IOException {
        StreamedAnswer answer = streamed;
        if (answer == null) {
            return;
        }
        response().setStatus(200);
        response().setContentType(streamedType);
        answer.run(response().getOutputStream());
    }

    /** Without a body. */
    @Override
    void sendEmpty() throws IOException {
        requireDecision();
        sendWhole(200, new Buffer());
    }

    @Override
    void sendError(AwsException error) throws IOException {
        Buffer buffer = new Buffer();
        writer.writeError(form.errorName(error.type()), error.getMessage(), error.details(), format, buffer);
        response().setHeader("x-amzn-ErrorType", error.type());
        if (queryErrors && form.isQuery()) {
            QueryMode.tell(response(), error, form.queryErrors());
        }
        sendWhole(error.status(), buffer);
    }

    private void sendWhole(int status, Buffer buffer) throws IOException {
        if (form.checksums()) {
            response().setHeader("x-amz-crc32", Long.toString(buffer.crc32()));
        }
        send(status, contentType(), buffer);
    }

    private String contentType() {
        return form.isJson10() ? ContentTypes.ofJson10() : ContentTypes.of(format);
    }
}
