package io.riacho.compatibility;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.awscore.AwsRequest;
import software.amazon.awssdk.awscore.AwsResponse;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * A client in another language behind the interface of the Java SDK's, so that one contract can be read and run for all of them.
 * What is sent, retried and understood is the other client's doing.
 */
final class ForeignClient implements InvocationHandler {

    /** How a call reaches the other client. */
    interface Bridge extends AutoCloseable {

        /**
         * Calls an operation ({@code PutRecord}) with parameters as {@link ModelJson} writes them, and returns its result in the same form.
         *
         * @throws RuntimeException {@link ServiceFailure#asException} where the client raised an exception
         */
        Map<?, ?> call(String operation, Map<String, Object> parameters);

        @Override
        void close();
    }

    private final Bridge bridge;

    private ForeignClient(Bridge bridge) {
        this.bridge = bridge;
    }

    static KinesisClient of(Bridge bridge) {
        return of(KinesisClient.class, bridge);
    }

    /** @param client the interface of a service's client, the one that the bridge calls */
    static <C extends AwsClient> C of(Class<C> client, Bridge bridge) {
        return client.cast(
                Proxy.newProxyInstance(client.getClassLoader(), new Class<?>[] {client}, new ForeignClient(bridge)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("close")) {
            bridge.close();
            return null;
        }
        if (AwsResponse.class.isAssignableFrom(method.getReturnType())
                && arguments != null
                && arguments[0] instanceof AwsRequest request) {
            String operation = request.getClass().getSimpleName().replaceFirst("Request$", "");
            Map<?, ?> result = bridge.call(operation, ModelJson.toMap(request));
            SdkPojo builder =
                    (SdkPojo) method.getReturnType().getMethod("builder").invoke(null);
            return ModelJson.fromMap(builder, result);
        }
        return InvocationHandler.invokeDefault(proxy, method, arguments);
    }
}
