package io.riacho.protocol.server;

import io.riacho.protocol.Authorizer;
import io.riacho.protocol.Caller;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.signature.Sha256;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who sends a request that is not one of AWS's wire, by the same credentials. Its body is not read before it
 * has some that may be true, and is read within the same bounds. Safe for use by many threads.
 */
public final class RequestAuthentication {

    private static final byte[] NOTHING = {};
    private static final byte[] HASH_OF_NOTHING = Sha256.digest().digest();

    private final Authentication authentication;
    private final BodyReader bodies;
    private final Authorizer authorizer;
    private final String region;

    RequestAuthentication(Authentication authentication, BodyReader bodies, Authorizer authorizer, String region) {
        this.authentication = authentication;
        this.bodies = bodies;
        this.authorizer = authorizer;
        this.region = region;
    }

    /** A new id for a request, which its answer is to carry. */
    public static String newRequestId() {
        return RequestIds.next();
    }

    /**
     * Authenticates the request.
     *
     * @param service the name that requests are signed for
     * @param telling the names, in small letters, of headers that tell what is asked for: where a request is signed, they
     *     have to be, too; so has Content-Type, but for the one that curl and browsers set unasked
     * @return who asks, and the body; to be closed when the request is served
     * @throws io.riacho.protocol.AwsException where the credentials are missing or not accepted, or the body is refused
     * @throws MalformedBodyException where the container has refused the request
     * @throws IOException where the client went away
     */
    public Authenticated authenticate(HttpServletRequest request, String service, Set<String> telling, String requestId)
            throws IOException {
        Authentication.Attempt attempt = authentication.require(
                request, service, request.getMethod() + ' ' + request.getRequestURI(), requestId);
        telling.forEach(attempt::requireBound);
        if (!ContentTypes.isForm(request.getContentType())) {
            attempt.requireBound("content-type");
        }
        Body body = takesBody(request) ? bodies.read(request, Integer.MAX_VALUE, false) : null;
        try {
            Caller caller = attempt.verify(body == null ? HASH_OF_NOTHING : body.hash());
            RequestContext context = new RequestContext(
                    requestId,
                    region,
                    caller,
                    attempt.connection(),
                    authorizer,
                    attempt.credential(),
                    attempt::current);
            return new Authenticated(context, body);
        } catch (RuntimeException e) {
            if (body != null) {
                body.close();
            }
            throw e;
        }
    }

    /** A body whose length is not told reserves much memory, which a request that only reads may not hold. */
    private static boolean takesBody(HttpServletRequest request) {
        boolean announced = request.getContentLengthLong() > 0 || request.getHeader("transfer-encoding") != null;
        return switch (request.getMethod()) {
            case "GET", "HEAD", "OPTIONS" -> {
                if (announced) {
                    throw WireErrors.unexpectedBody(request.getMethod());
                }
                yield false;
            }
            case "DELETE" -> announced;
            default -> true;
        };
    }

    /** An authenticated request. */
    public static final class Authenticated implements AutoCloseable {

        private final RequestContext context;
        private final @Nullable Body body;

        Authenticated(RequestContext context, @Nullable Body body) {
            this.context = context;
            this.body = body;
        }

        public RequestContext context() {
            return context;
        }

        /** The array that holds the body from its start. Valid until this is closed; not to be changed. */
        public byte[] body() {
            return body == null ? NOTHING : body.array();
        }

        public int bodyLength() {
            return body == null ? 0 : body.length();
        }

        public InputStream newStream() {
            return new ByteArrayInputStream(body(), 0, bodyLength());
        }

        @Override
        public void close() {
            if (body != null) {
                body.close();
            }
        }
    }
}
