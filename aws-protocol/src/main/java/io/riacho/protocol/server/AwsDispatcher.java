package io.riacho.protocol.server;

import io.riacho.protocol.Authorizer;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.Caller;
import io.riacho.protocol.Connection;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.WireFormat;
import io.riacho.protocol.audit.AuditLog;
import io.riacho.protocol.audit.FailedAuthentication;
import io.riacho.protocol.shape.ShapeReader;
import io.riacho.protocol.signature.Authenticator;
import io.riacho.protocol.signature.ClaimedKey;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** Authenticates a request, finds its operation, has it authorised and served. */
final class AwsDispatcher {

    private static final int SERVER_ERROR = 500;

    private final OperationTable operations;
    private final List<Authenticator> authenticators;
    private final BodyReader bodies;
    private final ShapeReader reader;
    private final Authorizer authorizer;
    private final AuditLog audit;
    private final String region;

    AwsDispatcher(
            OperationTable operations,
            List<Authenticator> authenticators,
            BodyReader bodies,
            ShapeReader reader,
            Authorizer authorizer,
            AuditLog audit,
            String region) {
        this.operations = operations;
        this.authenticators = List.copyOf(authenticators);
        this.bodies = bodies;
        this.reader = reader;
        this.authorizer = authorizer;
        this.audit = audit;
        this.region = region;
    }

    void dispatch(
            HttpServletRequest request, @Nullable String target, WireFormat format, String requestId, Answer answer)
            throws IOException {
        Operation operation = target == null ? null : operations.find(target);
        if (operation == null) {
            throw WireErrors.unknownOperation();
        }
        Connection connection = Connections.of(request);
        ServletHead head = new ServletHead(request);
        Authenticator.Claim claim =
                audited(() -> claim(head, operation.service()), head, connection, operation, requestId);
        try (Body body = bodies.read(request)) {
            Caller caller = audited(() -> claim.verify(body.hash()), head, connection, operation, requestId);
            RequestContext context =
                    new RequestContext(requestId, region, caller, connection, authorizer, claim.credential());
            answer.guard(context);
            if (operation.isChange()) {
                audit.requireReady();
            }
            serve(new Asked(operation, context, format, body, reader), answer);
            if (operation.isChange()) {
                audit.changed(context, operation.service(), operation.name());
            }
        }
    }

    /** Authenticates, and audits where that fails through the caller's fault. */
    private <T> T audited(
            Supplier<T> authentication,
            ServletHead head,
            Connection connection,
            Operation operation,
            String requestId) {
        try {
            return authentication.get();
        } catch (AwsException e) {
            if (e.status() < SERVER_ERROR) {
                audit.failed(new FailedAuthentication(
                        requestId, connection, operation.service(), operation.name(), ClaimedKey.of(head), e.type()));
            }
            throw e;
        }
    }

    private Authenticator.Claim claim(ServletHead head, String service) {
        for (Authenticator authenticator : authenticators) {
            Optional<Authenticator.Claim> claim = authenticator.claim(head, service);
            if (claim.isPresent()) {
                return claim.get();
            }
        }
        throw WireErrors.missingToken();
    }

    private static void serve(Asked asked, Answer answer) throws IOException {
        switch (asked.operation().handler()) {
            case Handler.OnWire(var wire) -> wire.handle(asked, answer);
            case Handler.OnMethod method -> {
                SdkPojo input = asked.decode(method.input());
                asked.operation().access().check(asked.operation().name(), input, asked.context());
                Object output = call(method, input, asked.context());
                if (output instanceof SdkPojo shape && method.hasOutput()) {
                    answer.send(shape);
                } else {
                    answer.sendEmpty();
                }
            }
            case Handler.Nobody() ->
                throw WireErrors.notImplemented(asked.operation().name());
        }
    }

    private static @Nullable Object call(Handler.OnMethod method, SdkPojo input, RequestContext context)
            throws IOException {
        try {
            return method.call(input, context);
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
