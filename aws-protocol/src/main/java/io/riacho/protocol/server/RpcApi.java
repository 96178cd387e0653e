package io.riacho.protocol.server;

import io.riacho.protocol.model.ModelError;
import io.riacho.protocol.model.ServiceModel;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An API that is called by Smithy's RPC v2 CBOR protocol. */
final class RpcApi {

    private final String service;
    private final String namespace;
    private final Map<String, Operation> operations;
    private final Map<String, ModelError> errors;

    RpcApi(ServiceModel model, Map<String, Operation> operations) {
        this.service = model.service();
        this.namespace = model.namespace();
        this.operations = Map.copyOf(operations);
        this.errors = Map.copyOf(model.errors());
    }

    /** The name that requests are signed for. */
    String service() {
        return service;
    }

    /** What stands before the names of its errors. */
    String namespace() {
        return namespace;
    }

    /** Its errors by the names of their shapes, as its Query protocol calls them. */
    Map<String, ModelError> errors() {
        return errors;
    }

    @Nullable
    Operation find(String operation) {
        return operations.get(operation);
    }
}
