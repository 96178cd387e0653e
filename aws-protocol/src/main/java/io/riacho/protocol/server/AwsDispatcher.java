package io.riacho.protocol.server;

import io.riacho.protocol.Authorizer;
import io.riacho.protocol.Caller;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.audit.AuditLog;
import io.riacho.protocol.signature.Authenticator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** Authenticates a request, finds its operation, has it authorised and served, whatever its protocol. */
final class AwsDispatcher {

    private static final Authenticator.Claim UNSIGNED = _ -> Caller.anonymous();

    private final List<Authenticator> authenticators;
    private final BodyReader bodies;
    private final Authorizer authorizer;
    private final AuditLog audit;
    private final String region;

    AwsDispatcher(
            List<Authenticator> authenticators,
            BodyReader bodies,
            Authorizer authorizer,
            AuditLog audit,
            String region) {
        this.authenticators = List.copyOf(authenticators);
        this.bodies = bodies;
        this.authorizer = authorizer;
        this.audit = audit;
        this.region = region;
    }

    void dispatch(Call call) throws IOException {
        Authenticator.Claim claim = claim(call);
        try (Body body = bodies.read(call.request(), call.maxBody())) {
            Caller caller = claim.verify(body.hash());
            Operation operation = call.find(body);
            if (claim == UNSIGNED && !operation.unsigned()) {
                throw WireErrors.missingToken();
            }
            RequestContext context =
                    new RequestContext(call.requestId(), region, caller, Connections.of(call.request()), authorizer);
            call.answer().guard(context);
            serve(call, operation, context);
            if (operation.isChange()) {
                audit.changed(context, operation.service(), operation.name());
            }
        }
    }

    private Authenticator.Claim claim(Call call) {
        String service = call.service();
        ServletHead head = new ServletHead(call.request());
        for (Authenticator authenticator : authenticators) {
            Optional<Authenticator.Claim> claim = authenticator.claim(head, service);
            if (claim.isPresent()) {
                return claim.get();
            }
        }
        if (call.mayBeUnsigned()) {
            return UNSIGNED;
        }
        throw WireErrors.missingToken();
    }

    private static void serve(Call call, Operation operation, RequestContext context) throws IOException {
        switch (operation.handler()) {
            case Handler.OnWire(var wire) -> call.serve(wire, context);
            case Handler.OnMethod method -> {
                SdkPojo input = call.read(method.input());
                operation.constraints().check(operation.name(), input);
                operation.access().check(operation.name(), input, context);
                Object output = call(method, input, context);
                if (output instanceof SdkPojo shape && method.hasOutput()) {
                    call.answer().send(shape);
                } else {
                    call.answer().sendEmpty();
                }
            }
            case Handler.Nobody() -> throw WireErrors.notImplemented(operation.name());
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
