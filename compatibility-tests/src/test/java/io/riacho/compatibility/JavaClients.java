package io.riacho.compatibility;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.ProtocolNegotiation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.TlsTrustManagersProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.KinesisRequest;
import software.amazon.awssdk.services.kinesis.model.KinesisResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.KinesisAnalyticsV2Client;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/** The Java SDK's clients, as an application would build them. */
final class JavaClients {

    private JavaClients() {}

    /** HTTP/1.1 by the JDK. */
    static KinesisClient urlConnection(Target target) {
        return sync(target, urlConnections(target));
    }

    /** With credentials that the SDK gets by itself. */
    static KinesisClient urlConnection(Target target, AwsCredentialsProvider credentials) {
        var builder = KinesisClient.builder().httpClient(UrlConnectionHttpClient.create());
        configure(builder, target);
        return builder.credentialsProvider(credentials).build();
    }

    /** HTTP/1.1 by Apache's client, the SDK's default. */
    static KinesisClient apache(Target target) {
        ApacheHttpClient.Builder http = ApacheHttpClient.builder();
        if (target.ca() != null) {
            http.tlsTrustManagersProvider(trusting(target.ca()));
        }
        return sync(target, http.build());
    }

    /**
     * HTTP/2 by Netty, which for Kinesis is the SDK's default: by prior knowledge, without ALPN on TLS either. A client of its own, with
     * connections of its own.
     */
    static KinesisAsyncClient async(Target target) {
        return async(target, ProtocolNegotiation.ASSUME_PROTOCOL);
    }

    static KinesisAsyncClient async(Target target, ProtocolNegotiation negotiation) {
        NettyNioAsyncHttpClient.Builder http =
                NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP2).protocolNegotiation(negotiation);
        if (target.ca() != null) {
            http.tlsTrustManagersProvider(trusting(target.ca()));
        }
        var builder = KinesisAsyncClient.builder().httpClient(http.build());
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

    static IamClient iam(Target target) {
        var builder = IamClient.builder().httpClient(urlConnections(target));
        configure(builder, target, Endpoints.auth(target.url()));
        return builder.build();
    }

    static StsClient sts(Target target) {
        var builder = StsClient.builder().httpClient(urlConnections(target));
        configure(builder, target, Endpoints.auth(target.url()));
        return builder.build();
    }

    static KmsClient kms(Target target) {
        var builder = KmsClient.builder().httpClient(urlConnections(target));
        configure(builder, target, Endpoints.auth(target.url()));
        return builder.build();
    }

    static FirehoseClient firehose(Target target) {
        var builder = FirehoseClient.builder().httpClient(urlConnections(target));
        configure(builder, target, Endpoints.firehose(target.url()));
        return builder.build();
    }

    static KinesisAnalyticsV2Client analytics(Target target) {
        var builder = KinesisAnalyticsV2Client.builder().httpClient(urlConnections(target));
        configure(builder, target, Endpoints.analytics(target.url()));
        return builder.build();
    }

    static S3Client s3(Target target) {
        var builder = S3Client.builder().forcePathStyle(true).httpClient(urlConnections(target));
        configure(builder, target);
        return builder.build();
    }

    private static SdkHttpClient urlConnections(Target target) {
        UrlConnectionHttpClient.Builder http = UrlConnectionHttpClient.builder().socketTimeout(Duration.ofSeconds(30));
        if (target.ca() != null) {
            http.tlsTrustManagersProvider(trusting(target.ca()));
        }
        return http.build();
    }

    static AwsCredentials credentials(Target target) {
        return target.sessionToken() == null
                ? AwsBasicCredentials.create(target.accessKeyId(), target.secretAccessKey())
                : AwsSessionCredentials.create(target.accessKeyId(), target.secretAccessKey(), target.sessionToken());
    }

    private static KinesisClient sync(Target target, SdkHttpClient http) {
        var builder = KinesisClient.builder().httpClient(http);
        configure(builder, target);
        if (!target.clockOffset().isZero()) {
            builder.putAuthScheme(new SkewedSigV4(Clock.offset(Clock.systemUTC(), target.clockOffset())));
        }
        return builder.build();
    }

    /** Trusts the CA's certificate and no other; names are checked as ever. */
    static TlsTrustManagersProvider trusting(Path ca) {
        try (InputStream file = Files.newInputStream(ca)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(file));
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory::getTrustManagers;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of whatever service that is at the target's URL. */
    static void configure(AwsClientBuilder<?, ?> builder, Target target) {
        configure(builder, target, target.url());
    }

    private static void configure(AwsClientBuilder<?, ?> builder, Target target, URI endpoint) {
        builder.endpointOverride(endpoint);
        builder.region(Region.of(Target.REGION));
        builder.credentialsProvider(StaticCredentialsProvider.create(credentials(target)));
        builder.overrideConfiguration(
                configuration -> configuration.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(target.attempts())
                        .build()));
    }
}
