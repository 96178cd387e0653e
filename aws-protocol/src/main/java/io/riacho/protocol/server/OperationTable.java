package io.riacho.protocol.server;

import io.riacho.protocol.AwsApi;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.WireOperation;
import io.riacho.protocol.model.Constraints;
import io.riacho.protocol.model.ServiceModel;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** All operations of all APIs, by their {@code X-Amz-Target} or by their {@code Action}. */
final class OperationTable {

    private static final MethodType HANDLE_TYPE =
            MethodType.methodType(Object.class, SdkPojo.class, RequestContext.class);

    private final Map<String, Operation> byTarget = new HashMap<>();
    private final Map<String, Map<String, Operation>> byService = new HashMap<>();
    private final Map<String, RpcApi> rpcApis = new HashMap<>();
    private final QueryApis queryApis;
    private final Set<String> globalServices = new HashSet<>();

    /** @throws IllegalStateException where an API offers what its model does not know, or two offer the same */
    OperationTable(List<AwsApi> apis) {
        Map<String, QueryApi> queries = new HashMap<>();
        for (AwsApi api : apis) {
            ServiceModel model = ServiceModel.load(api.service());
            Map<String, Operation> operations = operations(api, model);
            if (model.isGlobal()) {
                globalServices.add(model.service());
            }
            if (byService.put(api.service(), operations) != null) {
                throw new IllegalStateException("two APIs offer " + model.service());
            }
            if (model.isTargeted()) {
                addTargets(model, operations);
            }
            if (model.isRpc()) {
                rpcApis.put(prefix(model), new RpcApi(model, operations));
            }
            if (model.isQuery()) {
                queries.put(model.service(), new QueryApi(model, operations));
            }
        }
        this.queryApis = new QueryApis(List.copyOf(queries.values()));
    }

    /** Null where no API has the operation. */
    @Nullable
    Operation find(String service, String name) {
        Map<String, Operation> operations = byService.get(service);
        return operations == null ? null : operations.get(name);
    }

    @Nullable
    Operation find(String target) {
        return byTarget.get(target);
    }

    /** The API that requests in Smithy's RPC v2 CBOR protocol call so; null where there is none. */
    @Nullable
    RpcApi rpcApi(String name) {
        return rpcApis.get(name);
    }

    /** Whether an API is called by the older JSON protocol. */
    boolean hasJson10() {
        return byTarget.values().stream().anyMatch(operation -> operation.json().isJson10());
    }

    QueryApis queryApis() {
        return queryApis;
    }

    /** The services that AWS runs once for all regions. */
    Set<String> globalServices() {
        return globalServices;
    }

    private void addTargets(ServiceModel model, Map<String, Operation> operations) {
        String prefix = prefix(model);
        operations.forEach((name, operation) -> {
            if (operation.unsigned()) {
                throw new IllegalStateException(model.service() + '.' + name + " has to be signed");
            }
            if (byTarget.put(prefix + '.' + name, operation) != null) {
                throw new IllegalStateException("two APIs offer " + prefix + '.' + name);
            }
        });
    }

    private static String prefix(ServiceModel model) {
        return model.targetPrefix()
                .orElseThrow(() -> new IllegalStateException(model.service() + " is not called by X-Amz-Target"));
    }

    private static Map<String, Operation> operations(AwsApi api, ServiceModel model) {
        requireKnown(model, api.wireOperations().keySet());
        requireKnown(model, api.unsigned());
        if (model.isQuery() && !api.wireOperations().isEmpty()) {
            throw new IllegalStateException(model.service() + " is a Query API, which has no operations on the wire");
        }
        Constraints constraints = Constraints.of(model, api.ownFormats());
        Map<String, Handler.OnMethod> methods = methods(api, model);
        JsonForm json = JsonForm.of(model, api.checksums());
        Map<String, Operation> operations = new HashMap<>();
        for (String name : model.operations()) {
            WireOperation onWire = api.wireOperations().get(name);
            Handler onMethod = methods.get(name);
            Handler handler =
                    onWire != null ? new Handler.OnWire(onWire) : onMethod != null ? onMethod : new Handler.Nobody();
            boolean unsigned = api.unsigned().contains(name);
            operations.put(
                    name,
                    new Operation(
                            model.signingName(),
                            name,
                            constraints,
                            api.access(),
                            handler,
                            unsigned,
                            model.isRpc(),
                            json));
        }
        return operations;
    }

    private static void requireKnown(ServiceModel model, Set<String> names) {
        for (String name : names) {
            if (!model.operations().contains(name)) {
                throw new IllegalStateException("the model of " + model.service() + " has no operation " + name);
            }
        }
    }

    private static Map<String, Handler.OnMethod> methods(AwsApi api, ServiceModel model) {
        Map<String, Handler.OnMethod> methods = new HashMap<>();
        for (Object target : api.operations()) {
            for (Method method : target.getClass().getMethods()) {
                Optional<Class<? extends SdkPojo>> input = input(method);
                if (input.isEmpty() || method.isBridge()) {
                    continue;
                }
                String name = upperFirst(method.getName());
                if (!model.operations().contains(name)) {
                    throw new IllegalStateException(method + " serves no operation of " + api.service());
                }
                var handler = new Handler.OnMethod(handle(target, method), input.get(), model.hasOutput(name));
                if (methods.put(name, handler) != null) {
                    throw new IllegalStateException("two methods serve " + api.service() + '.' + name);
                }
            }
        }
        return methods;
    }

    /** The request that the method takes; empty where it is no operation. */
    private static Optional<Class<? extends SdkPojo>> input(Method method) {
        Class<?>[] types = method.getParameterTypes();
        boolean takesRequest = types.length > 0 && SdkPojo.class.isAssignableFrom(types[0]);
        boolean takesNoMore = types.length == 1 || (types.length == 2 && types[1] == RequestContext.class);
        return takesRequest && takesNoMore ? Optional.of(types[0].asSubclass(SdkPojo.class)) : Optional.empty();
    }

    private static MethodHandle handle(Object target, Method method) {
        try {
            method.setAccessible(true);
            MethodHandle handle = MethodHandles.lookup().unreflect(method).bindTo(target);
            if (method.getParameterCount() == 1) {
                handle = MethodHandles.dropArguments(handle, 1, RequestContext.class);
            }
            return handle.asType(HANDLE_TYPE);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(method + " cannot be called", e);
        }
    }

    private static String upperFirst(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
