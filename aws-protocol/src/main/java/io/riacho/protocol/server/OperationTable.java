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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** All operations of all APIs, by their {@code X-Amz-Target}. */
final class OperationTable {

    private static final MethodType HANDLE_TYPE =
            MethodType.methodType(Object.class, SdkPojo.class, RequestContext.class);

    private final Map<String, Operation> byTarget = new HashMap<>();

    /** @throws IllegalStateException where an API offers what its model does not know, or two offer the same */
    OperationTable(List<AwsApi> apis) {
        apis.forEach(this::add);
    }

    @Nullable
    Operation find(String target) {
        return byTarget.get(target);
    }

    private void add(AwsApi api) {
        ServiceModel model = ServiceModel.load(api.service());
        Constraints constraints = Constraints.of(model);
        String prefix = model.targetPrefix()
                .orElseThrow(() -> new IllegalStateException(api.service() + " is not called by X-Amz-Target"));
        Map<String, Handler.OnMethod> methods = methods(api, model);
        for (String name : api.wireOperations().keySet()) {
            if (!model.operations().contains(name)) {
                throw new IllegalStateException("the model of " + api.service() + " has no operation " + name);
            }
        }
        for (String name : model.operations()) {
            WireOperation onWire = api.wireOperations().get(name);
            Handler onMethod = methods.get(name);
            Handler handler =
                    onWire != null ? new Handler.OnWire(onWire) : onMethod != null ? onMethod : new Handler.Nobody();
            Operation operation = new Operation(api.service(), name, constraints, api.access(), handler);
            if (byTarget.put(prefix + '.' + name, operation) != null) {
                throw new IllegalStateException("two APIs offer " + prefix + '.' + name);
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
