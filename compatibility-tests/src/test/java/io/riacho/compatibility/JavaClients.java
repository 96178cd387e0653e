package io.riacho.compatibility;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.KinesisRequest;
import software.amazon.awssdk.services.kinesis.model.KinesisResponse;

/** The Java SDK's clients, as an application would build them. */
final class JavaClients {

    private JavaClients() {}

    /** HTTP/1.1 by the JDK. */
    static KinesisClient urlConnection(Target target) {
        return sync(
                target,
                UrlConnectionHttpClient.builder()
                        .socketTimeout(Duration.ofSeconds(30))
                        .build());
    }

    /** HTTP/1.1 by Apache's client, the SDK's default. */
    static KinesisClient apache(Target target) {
        return sync(target, ApacheHttpClient.create());
    }

    /** HTTP/2 by Netty, which for Kinesis is the SDK's default: by prior knowledge on a plain port. */
    static KinesisAsyncClient async(Target target) {
        var builder = KinesisAsyncClient.builder().httpClient(NettyNioAsyncHttpClient.create());
        configure(builder, target);
        if (!target.clockOffset().isZero()) {
            builder.putAuthScheme(new SkewedSigV4(Clock.offset(Clock.systemUTC(), target.clockOffset())));
        }
        return builder.build();
    }

    /** The asynchronous client behind the synchronous one's interface. */
    static KinesisClient blocking(KinesisAsyncClient async) {
        InvocationHandler handler = new InvocationHandler() {
            @Override
            public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
                    throws Throwable {
                if (method.getName().equals("close")) {
                    async.close();
                    return null;
                }
                if (KinesisResponse.class.isAssignableFrom(method.getReturnType())
                        && arguments != null
                        && arguments[0] instanceof KinesisRequest request) {
                    Method same = KinesisAsyncClient.class.getMethod(method.getName(), method.getParameterTypes());
                    try {
                        return ((CompletableFuture<?>) same.invoke(async, request)).join();
                    } catch (CompletionException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                }
                return InvocationHandler.invokeDefault(proxy, method, arguments);
            }
        };
        return (KinesisClient) Proxy.newProxyInstance(
                KinesisClient.class.getClassLoader(), new Class<?>[] {KinesisClient.class}, handler);
    }

    private static KinesisClient sync(Target target, SdkHttpClient http) {
        var builder = KinesisClient.builder().httpClient(http);
        configure(builder, target);
        if (!target.clockOffset().isZero()) {
            builder.putAuthScheme(new SkewedSigV4(Clock.offset(Clock.systemUTC(), target.clockOffset())));
        }
        return builder.build();
    }

    /** Of whatever service. */
    static void configure(AwsClientBuilder<?, ?> builder, Target target) {
        builder.endpointOverride(target.url());
        builder.region(Region.of(Target.REGION));
        builder.credentialsProvider(StaticCredentialsProvider.create(
                AwsBasicCredentials.create(target.accessKeyId(), target.secretAccessKey())));
        builder.overrideConfiguration(
                configuration -> configuration.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(target.attempts())
                        .build()));
    }
}
