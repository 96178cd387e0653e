package io.riacho.firehose;

import io.riacho.access.ConnectionThreads;
import io.riacho.access.OwnEndpoint;
import io.riacho.firehose.access.RoleSourceCredentials;
import io.riacho.firehose.access.RoleTableReaders;
import io.riacho.firehose.access.SourceCredentials;
import io.riacho.firehose.catalog.TableDefinitions;
import io.riacho.firehose.catalog.TableReaders;
import io.riacho.firehose.deliverystream.DeliveryStream;
import io.riacho.firehose.destination.http.HttpEndpointDestinationType;
import io.riacho.firehose.destination.iceberg.IcebergDestinationType;
import io.riacho.firehose.destination.iceberg.IcebergProperties;
import io.riacho.firehose.destination.opensearch.ElasticsearchDestinationType;
import io.riacho.firehose.destination.opensearch.OpenSearchDestinationType;
import io.riacho.firehose.destination.opensearch.SearchDomains;
import io.riacho.firehose.destination.opensearch.SearchProperties;
import io.riacho.firehose.destination.opensearch.ServerlessDestinationType;
import io.riacho.firehose.destination.redshift.RedshiftDestinationType;
import io.riacho.firehose.destination.s3.Buckets;
import io.riacho.firehose.destination.s3.PrefixCheck;
import io.riacho.firehose.destination.s3.S3Configurations;
import io.riacho.firehose.destination.s3.S3Destinations;
import io.riacho.firehose.destination.s3.S3Endpoint;
import io.riacho.firehose.destination.s3.S3Properties;
import io.riacho.firehose.destination.s3.S3Store;
import io.riacho.firehose.destination.splunk.SplunkDestinationType;
import io.riacho.firehose.destination.warehouse.WarehouseProperties;
import io.riacho.firehose.destination.web.WebClient;
import io.riacho.firehose.destination.web.WebProperties;
import io.riacho.firehose.format.ObjectFormats;
import io.riacho.firehose.prefix.PrefixRules;
import io.riacho.protocol.role.ServiceRoles;
import io.riacho.protocol.server.ProtocolProperties;
import io.riacho.protocol.signature.RootCredentials;
import io.riacho.protocol.tls.ClientTls;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
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
@EnableConfigurationProperties({
    S3Properties.class,
    WarehouseProperties.class,
    IcebergProperties.class,
    WebProperties.class,
    SearchProperties.class
})
class DestinationsConfiguration {

    private static final Duration ATTEMPT_PATIENCE = Duration.ofSeconds(60);
    private static final int S3_CONNECTIONS = 64;

    @Bean
    RootCredentials firehoseCredentials(Environment environment, @Value("${riacho.data:./data}") Path dataFolder) {
        return RootCredentials.of(environment::getProperty, dataFolder);
    }

    /** As roles where somebody knows them; where nobody does there are none, and the root reads all. */
    @Bean
    SourceCredentials sourceCredentials(
            RootCredentials firehoseCredentials,
            ObjectProvider<ServiceRoles> roles,
            ProtocolProperties protocol,
            ObjectProvider<InstantSource> clocks) {
        AwsCredentialsProvider own = StaticCredentialsProvider.create(basic(firehoseCredentials));
        ServiceRoles known = roles.getIfAvailable();
        if (known != null) {
            return new RoleSourceCredentials(
                    own, known, protocol.accountId(), clocks.getIfAvailable(InstantSource::system));
        }
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

    @Bean
    OwnEndpoint glueEndpoint(FirehoseProperties properties, Environment environment) {
        return new OwnEndpoint(
                properties.catalog(),
                environment.getProperty("server.address", "127.0.0.1"),
                isHttpEnabled(environment));
    }

    /** As roles where somebody knows them; where nobody does there are none. */
    @Bean
    TableReaders tableReaders(
            ObjectProvider<ServiceRoles> roles,
            OwnEndpoint glueEndpoint,
            FirehoseProperties properties,
            ProtocolProperties protocol,
            Environment environment,
            @Value("${riacho.tls.folder:${riacho.data:./data}/tls}") Path ownCertificates,
            ObjectProvider<InstantSource> clocks) {
        ServiceRoles known = roles.getIfAvailable();
        return known == null
                ? (_, _) -> {}
                : new RoleTableReaders(
                        known,
                        glueEndpoint,
                        new ClientTls(
                                properties.catalog() == null && !isHttpEnabled(environment)
                                        ? ownCertificates.resolve("ca.crt")
                                        : properties.kinesisCa(),
                                properties.kinesisCertificate(),
                                properties.kinesisPrivateKey()),
                        protocol.region(),
                        protocol.accountId(),
                        clocks.getIfAvailable(InstantSource::system));
    }

    static boolean isHttpEnabled(Environment environment) {
        return environment.getProperty("riacho.http.enabled", Boolean.class, true);
    }

    @Bean(destroyMethod = "close")
    S3Store s3Store(S3Properties properties, ObjectProvider<S3Endpoint> own, RootCredentials firehoseCredentials) {
        S3Properties s3 = at(properties, own);
        return new S3Store(S3AsyncClient.builder()
                .endpointOverride(s3.requireEndpoint())
                .region(Region.of(s3.region()))
                .forcePathStyle(s3.pathStyle())
                .credentialsProvider(StaticCredentialsProvider.create(key(s3, firehoseCredentials)))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .eventLoopGroup(ConnectionThreads.ofThisProcess())
                        .maxConcurrency(S3_CONNECTIONS))
                .overrideConfiguration(override -> override.apiCallAttemptTimeout(ATTEMPT_PATIENCE)
                        .apiCallTimeout(ATTEMPT_PATIENCE.multipliedBy(2)))
                .build());
    }

    @Bean
    ObjectFormats objectFormats(TableDefinitions tables) {
        return new ObjectFormats(tables);
    }

    @Bean
    Buckets buckets(S3Store s3Store, ObjectFormats formats, ObjectProvider<InstantSource> clocks) {
        return new Buckets(s3Store, formats, clocks.getIfAvailable(InstantSource::system));
    }

    @Bean
    S3Destinations s3Destinations(Buckets buckets) {
        return buckets::destination;
    }

    @Bean
    PrefixCheck prefixCheck() {
        return PrefixRules::check;
    }

    @Bean
    RedshiftDestinationType redshiftDestinationType(
            WarehouseProperties properties, S3Store s3Store, S3Configurations configurations) {
        return new RedshiftDestinationType(properties, s3Store, configurations);
    }

    @Bean
    IcebergDestinationType icebergDestinationType(
            IcebergProperties properties,
            S3Properties s3,
            ObjectProvider<S3Endpoint> own,
            RootCredentials firehoseCredentials,
            DataSource dataSource,
            S3Configurations configurations) {
        return new IcebergDestinationType(
                properties, at(s3, own), key(s3, firehoseCredentials), dataSource, configurations);
    }

    @Bean(destroyMethod = "close")
    WebClient destinationWebClient(WebProperties properties) {
        return new WebClient(properties.caFile(), properties.connections());
    }

    @Bean
    HttpEndpointDestinationType httpEndpointDestinationType(
            WebClient destinationWebClient, S3Configurations buckets, WebProperties properties) {
        return new HttpEndpointDestinationType(
                destinationWebClient, buckets, properties.endpoints(), HttpEndpointDestinationType.TIMEOUT);
    }

    @Bean
    SplunkDestinationType splunkDestinationType(WebClient destinationWebClient, S3Configurations buckets) {
        return new SplunkDestinationType(destinationWebClient, buckets, SplunkDestinationType.TIMEOUT);
    }

    @Bean
    SearchDomains searchDomains(WebClient destinationWebClient, S3Configurations buckets, SearchProperties properties) {
        return new SearchDomains(destinationWebClient, buckets, properties);
    }

    @Bean
    OpenSearchDestinationType openSearchDestinationType(SearchDomains domains) {
        return new OpenSearchDestinationType(domains);
    }

    @Bean
    ElasticsearchDestinationType elasticsearchDestinationType(SearchDomains domains) {
        return new ElasticsearchDestinationType(domains);
    }

    @Bean
    ServerlessDestinationType serverlessDestinationType(SearchDomains domains) {
        return new ServerlessDestinationType(domains);
    }

    private static S3Properties at(S3Properties properties, ObjectProvider<S3Endpoint> own) {
        S3Endpoint endpoint = own.getIfAvailable();
        return properties.endpoint() != null || endpoint == null ? properties : properties.orAt(endpoint.uri());
    }

    private static AwsCredentials key(S3Properties s3, RootCredentials root) {
        return s3.accessKeyId() == null || s3.secretAccessKey() == null
                ? basic(root)
                : AwsBasicCredentials.create(s3.accessKeyId(), s3.secretAccessKey());
    }

    private static AwsCredentials basic(RootCredentials root) {
        return AwsBasicCredentials.create(root.accessKeyId(), root.secretAccessKey());
    }
}
