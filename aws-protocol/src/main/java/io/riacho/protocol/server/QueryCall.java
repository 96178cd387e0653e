package io.riacho.protocol.server;

import io.riacho.protocol.RequestContext;
import io.riacho.protocol.WireOperation;
import io.riacho.protocol.query.QueryErrors;
import io.riacho.protocol.query.QueryForm;
import io.riacho.protocol.query.QueryReader;
import io.riacho.protocol.signature.SignedService;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/**
 * A request of the Query protocol: a form in the body of a POST, or in the query string of a GET or of a POST without
 * one, as presigned requests are. Which API it is for is
 * what it is signed for; its {@code Version} and {@code Action} are in the body, which is not read before the caller is
 * known. Without a signature the version tells the API.
 */
final class QueryCall implements Call {

    private static final int MAX_BODY = 1024 * 1024;

    /** Enough for a token of an identity provider, which is all that proves an unsigned request. */
    private static final int MAX_UNSIGNED_BODY = 64 * 1024;

    private final HttpServletRequest request;
    private final String requestId;
    private final QueryApis apis;
    private final QueryReader reader;
    private final QueryAnswer answer;
    private final boolean signed;
    private @Nullable QueryApi api;
    private @Nullable QueryForm form;
    private @Nullable Operation operation;
    private String name = "Query";

    QueryCall(HttpServletRequest request, String requestId, QueryApis apis, QueryReader reader, QueryAnswer answer) {
        this.request = request;
        this.requestId = requestId;
        this.apis = apis;
        this.reader = reader;
        this.answer = answer;
        this.signed = request.getHeader("authorization") != null || hasParameter(request, "X-Amz-Algorithm");
    }

    /** Whether a request is one of this protocol. */
    static boolean isQuery(HttpServletRequest request) {
        return switch (request.getMethod()) {
            case "GET" -> hasParameter(request, "Action");
            case "POST" -> ContentTypes.isForm(request.getContentType()) || hasParameter(request, "Action");
            default -> false;
        };
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
        Optional<String> service = SignedService.of(new ServletHead(request));
        if (service.isEmpty()) {
            // A bearer token is for no service, and a malformed signature is refused whatever it is for.
            return "";
        }
        api = apis.find(service.get());
        if (api == null) {
            throw QueryErrors.wrongService();
        }
        answer.isFrom(api);
        return api.service();
    }

    @Override
    public boolean mayBeUnsigned() {
        return !signed && apis.anyUnsigned();
    }

    @Override
    public boolean mayBeCompressed() {
        return api != null && api.isCompressible();
    }

    @Override
    public int maxBody() {
        return signed ? MAX_BODY : MAX_UNSIGNED_BODY;
    }

    @Override
    public Operation find(Body body) {
        boolean isInBody = body.length() > 0 && ContentTypes.isForm(request.getContentType());
        form = isInBody ? QueryForm.parse(body.array(), body.length()) : QueryForm.parse(request.getQueryString());
        String action = form.action();
        if (action == null) {
            throw QueryErrors.missingAction();
        }
        QueryApi asked = api == null ? apis.find(action, form.version()) : api;
        Operation found = asked == null ? null : asked.find(action, form.version());
        if (asked == null || found == null) {
            throw QueryErrors.unknownAction(action, form.version());
        }
        answer.isOf(asked, found);
        operation = found;
        name = found.service() + '.' + found.name();
        return found;
    }

    @Override
    public <T extends SdkPojo> T read(Class<T> shape) {
        return reader.read(shape, Objects.requireNonNull(form));
    }

    @Override
    public void serve(WireOperation wire, RequestContext context) {
        throw new IllegalStateException("an operation of a Query API does not write the wire itself");
    }

    @Override
    public @Nullable Operation operation() {
        return operation;
    }

    @Override
    public String name() {
        return name;
    }

    private static boolean hasParameter(HttpServletRequest request, String name) {
        String query = request.getQueryString();
        return query != null && ('&' + query).contains('&' + name + '=');
    }
}
