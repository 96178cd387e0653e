package io.riacho.protocol.server;

import io.riacho.protocol.model.ModelError;
import io.riacho.protocol.model.ServiceModel;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An API that is called by {@code Action} and {@code Version}. */
final class QueryApi {

    private final ServiceModel model;
    private final Map<String, Operation> operations;
    private final Map<String, ModelError> errors;
    private final Map<String, String> resultWrappers = new HashMap<>();

    QueryApi(ServiceModel model, Map<String, Operation> operations) {
        this.model = model;
        this.operations = Map.copyOf(operations);
        this.errors = Map.copyOf(model.errors());
        operations
                .keySet()
                .forEach(name -> model.resultWrapper(name).ifPresent(wrapper -> resultWrappers.put(name, wrapper)));
    }

    String service() {
        return model.service();
    }

    String namespace() {
        return model.xmlNamespace();
    }

    Map<String, ModelError> errors() {
        return errors;
    }

    @Nullable
    String resultWrapper(String operation) {
        return resultWrappers.get(operation);
    }

    /** Whether its requests may be compressed. */
    boolean isCompressible() {
        return model.isRpc();
    }

    boolean hasUnsigned() {
        return operations.values().stream().anyMatch(Operation::unsigned);
    }

    /** Null where this version of the API has no such operation. */
    @Nullable
    Operation find(String action, @Nullable String version) {
        return model.version().equals(version) ? operations.get(action) : null;
    }
}
