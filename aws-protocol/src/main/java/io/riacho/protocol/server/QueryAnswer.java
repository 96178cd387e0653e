package io.riacho.protocol.server;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.model.ModelError;
import io.riacho.protocol.query.QueryErrors;
import io.riacho.protocol.query.QueryWriter;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** An answer in the XML of the Query protocol. */
final class QueryAnswer extends Answer {

    /** What AWS writes where it cannot tell which API was meant. */
    private static final String NO_API = "http://webservices.amazon.com/AWSFault/2005-15-09";

    private static final String XML = "text/xml";

    private final QueryWriter writer;
    private final String requestId;
    private @Nullable QueryApi api;
    private @Nullable Operation operation;

    QueryAnswer(HttpServletResponse response, QueryWriter writer, String requestId) {
        super(response);
        this.writer = writer;
        this.requestId = requestId;
    }

    /** Says which API the request is for, before it is known which operation. */
    void isFrom(QueryApi asked) {
        api = asked;
    }

    void isOf(QueryApi asked, Operation found) {
        api = asked;
        operation = found;
    }

    @Override
    public void send(SdkPojo answer) throws IOException {
        write(answer);
    }

    @Override
    void sendEmpty() throws IOException {
        write(null);
    }

    @Override
    void sendError(AwsException error) throws IOException {
        Map<String, ModelError> modelled = api == null || operation == null ? Map.of() : api.errors();
        AwsException sent = QueryErrors.translated(error, modelled);
        Buffer buffer = new Buffer();
        writer.writeError(
                sent.type(),
                sent.getMessage(),
                sent.status(),
                api == null ? NO_API : api.namespace(),
                requestId,
                buffer);
        send(sent.status(), XML, buffer);
    }

    private void write(@Nullable SdkPojo value) throws IOException {
        requireDecision();
        if (api == null || operation == null) {
            throw new IllegalStateException("an answer to no operation");
        }
        Buffer buffer = new Buffer();
        writer.write(operation.name(), api.resultWrapper(operation.name()), api.namespace(), value, requestId, buffer);
        send(200, XML, buffer);
    }
}
