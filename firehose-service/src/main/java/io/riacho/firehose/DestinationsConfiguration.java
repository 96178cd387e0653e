package io.riacho.firehose;

import io.riacho.firehose.access.SourceCredentials;
import io.riacho.firehose.deliverystream.DeliveryStream;
import io.riacho.firehose.destination.s3.Buckets;
import io.riacho.firehose.destination.s3.ConversionCheck;
import io.riacho.firehose.destination.s3.PrefixCheck;
import io.riacho.firehose.destination.s3.ProcessingCheck;
import io.riacho.firehose.destination.s3.S3Destinations;
import io.riacho.firehose.destination.s3.S3Properties;
import io.riacho.firehose.destination.s3.S3Store;
import io.riacho.firehose.format.ObjectFormats;
import io.riacho.firehose.prefix.PrefixRules;
import io.riacho.protocol.signature.RootCredentials;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The destinations of delivery streams, wired. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(S3Properties.class)
class DestinationsConfiguration {

    private static final Duration ATTEMPT_PATIENCE = Duration.ofSeconds(60);
    private static final int S3_CONNECTIONS = 64;

    @Bean
    RootCredentials firehoseCredentials(Environment environment, @Value("${riacho.data:./data}") Path dataFolder) {
        return RootCredentials.of(
                environment.getProperty("RIACHO_ROOT_ACCESS_KEY_ID"),
                environment.getProperty("RIACHO_ROOT_SECRET_ACCESS_KEY"),
                dataFolder.resolve("credentials"));
    }

    @Bean
    SourceCredentials sourceCredentials(RootCredentials firehoseCredentials) {
        AwsCredentialsProvider own = StaticCredentialsProvider.create(basic(firehoseCredentials));
        return new SourceCredentials() {
            @Override
            public AwsCredentialsProvider own() {
                return own;
            }

            @Override
            public AwsCredentialsProvider of(DeliveryStream stream, String roleArn) {
                return own;
            }
        };
    }

    @Bean(destroyMethod = "close")
    S3Store s3Store(S3Properties properties, RootCredentials firehoseCredentials) {
        return new S3Store(S3AsyncClient.builder()
                .endpointOverride(properties.endpoint())
                .region(Region.of(properties.region()))
                .forcePathStyle(properties.pathStyle())
                .credentialsProvider(StaticCredentialsProvider.create(
                        properties.accessKeyId() == null || properties.secretAccessKey() == null
                                ? basic(firehoseCredentials)
                                : AwsBasicCredentials.create(properties.accessKeyId(), properties.secretAccessKey())))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder().maxConcurrency(S3_CONNECTIONS))
                .overrideConfiguration(override -> override.apiCallAttemptTimeout(ATTEMPT_PATIENCE)
                        .apiCallTimeout(ATTEMPT_PATIENCE.multipliedBy(2)))
                .build());
    }

    @Bean
    ObjectFormats objectFormats() {
        return new ObjectFormats();
    }

    @Bean
    Buckets buckets(S3Store s3Store, ObjectFormats formats, ObjectProvider<InstantSource> clocks) {
        return new Buckets(s3Store, formats, clocks.getIfAvailable(InstantSource::system));
    }

    @Bean
    S3Destinations s3Destinations(Buckets buckets) {
        return (_, configuration) -> buckets.destination(configuration);
    }

    @Bean
    PrefixCheck prefixCheck() {
        return PrefixRules::check;
    }

    @Bean
    ProcessingCheck processingCheck() {
        return configuration -> configuration;
    }

    @Bean
    ConversionCheck conversionCheck() {
        return configuration -> configuration;
    }

    private static AwsCredentials basic(RootCredentials root) {
        return AwsBasicCredentials.create(root.accessKeyId(), root.secretAccessKey());
    }
}
