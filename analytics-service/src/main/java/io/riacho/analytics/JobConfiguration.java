package io.riacho.analytics;

import io.riacho.access.OwnEndpoint;
import io.riacho.access.OwnTls;
import io.riacho.analytics.bucket.Buckets;
import io.riacho.analytics.sql.JobSettings;
import io.riacho.protocol.server.ProtocolProperties;
import io.riacho.protocol.tls.TlsProperties;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** What all jobs are told, wired: where other services are, and what these are trusted by. */
@Configuration(proxyBeanMethods = false)
class JobConfiguration {

    @Bean
    OwnEndpoint analyticsKinesisEndpoint(AnalyticsProperties properties, Environment environment) {
        return endpoint(properties.kinesis(), environment);
    }

    @Bean
    OwnEndpoint analyticsFirehoseEndpoint(AnalyticsProperties properties, Environment environment) {
        return endpoint(properties.firehose(), environment);
    }

    @Bean
    OwnEndpoint analyticsEndpoint(AnalyticsProperties properties, Environment environment) {
        return endpoint(properties.url(), environment);
    }

    @Bean
    JobSettings jobSettings(
            AnalyticsProperties properties,
            ProtocolProperties protocol,
            OwnEndpoint analyticsKinesisEndpoint,
            OwnEndpoint analyticsFirehoseEndpoint,
            TrustedCertificates analyticsTrustedCertificates,
            Buckets analyticsBuckets) {
        URI s3 = analyticsBuckets.areReadByTheService() ? null : analyticsBuckets.endpoint();
        JobSettings.Reads direct = s3 == null ? new JobSettings.Reads.Nothing() : new JobSettings.Reads.Directly(s3);
        return new JobSettings(
                protocol.region(),
                analyticsKinesisEndpoint,
                analyticsFirehoseEndpoint,
                analyticsTrustedCertificates::pem,
                analyticsBuckets.areReadByTheService() ? new JobSettings.Reads.ThroughTheService() : direct,
                functions(properties));
    }

    @Bean
    TrustedCertificates analyticsTrustedCertificates(
            AnalyticsProperties properties,
            TlsProperties tls,
            Environment environment,
            @Value("${riacho.tls.folder:${riacho.data:./data}/tls}") Path ownCertificates) {
        OwnTls own = OwnTls.of(properties.kinesis(), isHttpEnabled(environment), tls, ownCertificates);
        return new TrustedCertificates(own.authority(properties.trustedCa()), own);
    }

    private static OwnEndpoint endpoint(@Nullable URI given, Environment environment) {
        return new OwnEndpoint(
                given, environment.getProperty("server.address", "127.0.0.1"), isHttpEnabled(environment));
    }

    private static boolean isHttpEnabled(Environment environment) {
        return environment.getProperty("riacho.http.enabled", Boolean.class, true);
    }

    private static Map<String, URI> functions(AnalyticsProperties properties) {
        return properties.functions().stream()
                .collect(Collectors.toMap(AnalyticsProperties.Function::arn, AnalyticsProperties.Function::url));
    }
}
