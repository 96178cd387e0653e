package io.riacho.analytics;

import io.riacho.access.KinesisClients;
import io.riacho.access.OwnEndpoint;
import io.riacho.analytics.application.ApplicationAccess;
import io.riacho.analytics.application.ApplicationNaming;
import io.riacho.analytics.application.Applications;
import io.riacho.analytics.bucket.BucketProperties;
import io.riacho.analytics.bucket.Buckets;
import io.riacho.analytics.bucket.OwnBuckets;
import io.riacho.analytics.bucket.ReadPolicy;
import io.riacho.analytics.discovery.Discovery;
import io.riacho.analytics.discovery.ObjectSample;
import io.riacho.analytics.discovery.S3Sample;
import io.riacho.analytics.discovery.StreamSample;
import io.riacho.analytics.error.AnalyticsErrors;
import io.riacho.analytics.job.JobRunner;
import io.riacho.analytics.rest.ApplicationController;
import io.riacho.analytics.rest.JobController;
import io.riacho.analytics.rest.Previews;
import io.riacho.analytics.rest.RunController;
import io.riacho.analytics.rest.RunObjectController;
import io.riacho.analytics.rest.RunRoles;
import io.riacho.analytics.role.ConsumerDeregistration;
import io.riacho.analytics.role.RoleSessions;
import io.riacho.analytics.run.ApplicationCodes;
import io.riacho.analytics.run.ApplicationLog;
import io.riacho.analytics.run.Engine;
import io.riacho.analytics.run.RunTokens;
import io.riacho.protocol.Authorizer;
import io.riacho.protocol.SigningKeys;
import io.riacho.protocol.rest.RestApi;
import io.riacho.protocol.role.RoleException;
import io.riacho.protocol.role.ServiceRoles;
import io.riacho.protocol.server.ProtocolProperties;
import io.riacho.protocol.signature.RootCredentials;
import io.riacho.protocol.tls.ClientTls;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Function;
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

/** What Analytics asks of other services for a caller, and what it answers by plain REST, wired. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BucketProperties.class)
class AnalyticsRestConfiguration {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Bean
    RoleSessions roleSessions(
            ObjectProvider<ServiceRoles> roles,
            Environment environment,
            @Value("${riacho.data:./data}") Path dataFolder,
            ProtocolProperties protocol,
            ObjectProvider<InstantSource> clocks) {
        return new RoleSessions(
                roles.getIfAvailable(),
                RootCredentials.of(environment::getProperty, dataFolder),
                protocol.accountId(),
                clocks.getIfAvailable(InstantSource::system));
    }

    /** Other services of the same process have clients of their own. */
    @Bean(destroyMethod = "close")
    StreamSample streamSample(
            OwnEndpoint analyticsKinesisEndpoint,
            TrustedCertificates analyticsTrustedCertificates,
            RoleSessions sessions,
            ProtocolProperties protocol,
            AnalyticsProperties properties) {
        return new StreamSample(
                new KinesisClients(
                        analyticsKinesisEndpoint,
                        new ClientTls(analyticsTrustedCertificates.file(), null, null),
                        protocol.region()),
                credentials(sessions, protocol),
                properties.discoveryPatience());
    }

    @Bean(destroyMethod = "close")
    ConsumerDeregistration consumerDeregistration(
            OwnEndpoint analyticsKinesisEndpoint,
            TrustedCertificates analyticsTrustedCertificates,
            RoleSessions sessions,
            ProtocolProperties protocol) {
        return new ConsumerDeregistration(
                new KinesisClients(
                        analyticsKinesisEndpoint,
                        new ClientTls(analyticsTrustedCertificates.file(), null, null),
                        protocol.region()),
                sessions);
    }

    @Bean
    ObjectSample objectSample(Buckets analyticsBuckets, RoleSessions sessions, ProtocolProperties protocol) {
        if (!analyticsBuckets.areThere()) {
            return (_, _, _) -> {
                throw AnalyticsErrors.notSupported("S3Configuration, as riacho.analytics.s3.endpoint is not set,");
            };
        }
        return new S3Sample(analyticsBuckets, sessionsOfPassed(sessions, protocol));
    }

    @Bean
    Discovery discovery(StreamSample streams, ObjectSample objects) {
        return new Discovery(streams, objects);
    }

    @Bean
    Previews previews(AnalyticsProperties properties) {
        return new Previews(properties.previews());
    }

    @Bean
    RestApi analyticsRestApi() {
        return RestApi.of("kinesisanalytics", "/v1/applications/*");
    }

    @Bean
    RestApi analyticsRunApi() {
        return RestApi.open("/v1/runs");
    }

    @Bean
    RunRoles runRoles(Applications applications, RunTokens tokens, RoleSessions sessions) {
        return new RunRoles(applications, tokens, sessions);
    }

    @Bean
    RunController runController(RunRoles roles, Previews previews) {
        return new RunController(roles, previews);
    }

    @Bean
    RunObjectController runObjectController(RunRoles roles, Buckets analyticsBuckets) {
        return new RunObjectController(roles, analyticsBuckets);
    }

    @Bean
    Buckets analyticsBuckets(
            BucketProperties properties,
            ObjectProvider<OwnBuckets> own,
            SigningKeys keys,
            Authorizer authorizer,
            Environment environment,
            @Value("${riacho.data:./data}") Path dataFolder,
            ProtocolProperties protocol,
            ObjectProvider<InstantSource> clocks) {
        ReadPolicy policy =
                new ReadPolicy(keys, authorizer, protocol.region(), clocks.getIfAvailable(InstantSource::system));
        URI endpoint = properties.endpoint();
        OwnBuckets process = own.getIfAvailable();
        if (endpoint == null && process != null) {
            RootCredentials root = RootCredentials.of(environment::getProperty, dataFolder);
            AwsCredentials key = AwsBasicCredentials.create(root.accessKeyId(), root.secretAccessKey());
            return new Buckets(process::uri, key, policy, protocol.region());
        }
        String id = properties.accessKeyId();
        String secret = properties.secretAccessKey();
        return new Buckets(
                endpoint == null ? null : () -> endpoint,
                id == null || secret == null ? null : AwsBasicCredentials.create(id, secret),
                policy,
                protocol.region());
    }

    @Bean
    ApplicationController applicationController(
            Applications applications, ApplicationAccess access, ApplicationLog log, Engine engine, Previews previews) {
        return new ApplicationController(applications, access, log, engine, previews);
    }

    @Bean
    JobController jobController(
            Applications applications, ApplicationAccess access, ApplicationCodes codes, JobRunner runner) {
        return new JobController(applications, access, codes, runner);
    }

    /** Sessions of the role that a caller passes, for no application in particular. */
    private static Function<String, RoleSessions.Session> sessionsOfPassed(
            RoleSessions sessions, ProtocolProperties protocol) {
        String any = new ApplicationNaming(protocol.accountId(), protocol.region()).arnOf("*");
        return role -> {
            try {
                return sessions.of(role, "DiscoverInputSchema", any);
            } catch (RoleException e) {
                throw e.reason() == RoleException.Reason.DENIED
                        ? AnalyticsErrors.invalidArgument(e.getMessage())
                        : AnalyticsErrors.serviceUnavailable(e.getMessage());
            }
        };
    }

    private static Function<String, AwsCredentialsProvider> credentials(
            RoleSessions sessions, ProtocolProperties protocol) {
        return sessionsOfPassed(sessions, protocol)
                .andThen(session -> StaticCredentialsProvider.create(session.credentials()));
    }
}
