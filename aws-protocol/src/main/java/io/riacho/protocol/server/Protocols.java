package io.riacho.protocol.server;

import io.riacho.protocol.WireFormat;
import io.riacho.protocol.query.QueryReader;
import io.riacho.protocol.query.QueryWriter;
import io.riacho.protocol.shape.ShapeReader;
import io.riacho.protocol.shape.ShapeWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/** Tells by a request's head which protocol it is in. */
final class Protocols {

    private final OperationTable operations;
    private final ShapeReader shapeReader = new ShapeReader();
    private final ShapeWriter shapeWriter = new ShapeWriter();
    private final ShapeReader rpcReader = ShapeReader.ofRpc();
    private final ShapeWriter rpcWriter = ShapeWriter.ofRpc();
    private final QueryReader queryReader = new QueryReader();
    private final QueryWriter queryWriter = new QueryWriter();

    Protocols(OperationTable operations) {
        this.operations = operations;
    }

    /** Null where the request is in none. */
    @Nullable
    Call call(HttpServletRequest request, HttpServletResponse response, @Nullable String target, String requestId) {
        if (RpcCall.isRpcPath(request)) {
            return RpcCall.isRpc(request)
                    ? new RpcCall(
                            request,
                            requestId,
                            operations,
                            rpcReader,
                            new RpcAnswer(response, rpcWriter, QueryMode.isAskedFor(request)))
                    : null;
        }
        WireFormat format = request.getMethod().equals("POST") ? ContentTypes.formatOf(request.getContentType()) : null;
        if (format != null) {
            Operation operation = target == null ? null : operations.find(target);
            boolean isJson10 = ContentTypes.isJson10(request.getContentType());
            if (operation == null
                    ? isJson10 && !operations.hasJson10()
                    : operation.json().isJson10() != isJson10) {
                return null;
            }
            JsonForm form = operation != null ? operation.json() : isJson10 ? JsonForm.JSON_1_0 : JsonForm.JSON_1_1;
            return new TargetCall(
                    request,
                    requestId,
                    target,
                    operation,
                    format,
                    shapeReader,
                    new ShapeAnswer(response, shapeWriter, format, form, QueryMode.isAskedFor(request)));
        }
        if (target == null
                && QueryCall.isQuery(request)
                && !operations.queryApis().isEmpty()) {
            return new QueryCall(
                    request,
                    requestId,
                    operations.queryApis(),
                    queryReader,
                    new QueryAnswer(response, queryWriter, requestId));
        }
        return null;
    }
}
