package io.riacho.protocol.server;

import io.riacho.protocol.Authorizer;
import io.riacho.protocol.Caller;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.audit.AuditLog;
import io.riacho.tracing.OpenSpan;
import io.riacho.tracing.Tracing;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** Authenticates a request, finds its operation, has it authorised and served, whatever its protocol. */
final class AwsDispatcher {

    private final Authentication authentication;
    private final BodyReader bodies;
    private final Authorizer authorizer;
    private final AuditLog audit;
    private final String region;
    private final Tracing tracing;

    AwsDispatcher(
            Authentication authentication,
            BodyReader bodies,
            Authorizer authorizer,
            AuditLog audit,
            String region,
            Tracing tracing) {
        this.authentication = authentication;
        this.bodies = bodies;
        this.authorizer = authorizer;
        this.audit = audit;
        this.region = region;
        this.tracing = tracing;
    }

    /** Serves the call, but for what its answer leaves to be written. */
    void dispatch(Call call) throws IOException {
        OpenSpan proof = tracing.child("authenticate");
        try {
            Authentication.Attempt attempt = authenticate(call);
            boolean compressible = attempt != null && call.mayBeCompressed();
            try (Body sent = bodies.read(call.request(), call.maxBody(), compressible)) {
                proof.event("body read");
                Caller caller = attempt == null ? Caller.anonymous() : attempt.verify(sent.hash());
                proof.close();
                try (Body body = bodies.expanded(call.request(), sent, call.maxBody())) {
                    answer(call, call.find(body), caller, attempt);
                }
            }
        } finally {
            proof.close();
        }
    }

    private void answer(Call call, Operation operation, Caller caller, Authentication.@Nullable Attempt attempt)
            throws IOException {
        if (attempt == null && !operation.unsigned()) {
            throw WireErrors.missingToken();
        }
        RequestContext context = new RequestContext(
                call.requestId(),
                region,
                caller,
                attempt == null ? Connections.of(call.request()) : attempt.connection(),
                authorizer,
                attempt == null ? null : attempt.credential(),
                attempt == null ? Caller::anonymous : attempt::current);
        call.answer().guard(context);
        if (operation.isChange()) {
            audit.requireReady();
        }
        serve(call, operation, context);
        if (operation.isChange()) {
            audit.changed(context, operation.service(), operation.name());
        }
    }

    /** Null where the request carries no credentials and may be one that needs none. */
    private Authentication.@Nullable Attempt authenticate(Call call) {
        String action = call.name().substring(call.name().lastIndexOf('.') + 1);
        return call.mayBeUnsigned()
                ? authentication
                        .begin(call.request(), call.service(), action, call.requestId())
                        .orElse(null)
                : authentication.require(call.request(), call.service(), action, call.requestId());
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
