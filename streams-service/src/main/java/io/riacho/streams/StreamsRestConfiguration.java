package io.riacho.streams;

import io.riacho.leases.LeaseTable;
import io.riacho.leasetables.application.LeaseTables;
import io.riacho.log.ShardLog;
import io.riacho.protocol.rest.RestApi;
import io.riacho.protocol.server.OperationCalls;
import io.riacho.streams.application.ApplicationSource;
import io.riacho.streams.application.Applications;
import io.riacho.streams.application.LeaseTableApplications;
import io.riacho.streams.application.WorkerApplications;
import io.riacho.streams.iterator.ShardIterators;
import io.riacho.streams.rest.ApplicationsController;
import io.riacho.streams.rest.DocumentationController;
import io.riacho.streams.rest.KinesisCalls;
import io.riacho.streams.rest.RecordsController;
import io.riacho.streams.rest.StreamActivityController;
import io.riacho.streams.rest.StreamChanges;
import io.riacho.streams.rest.StreamsController;
import io.riacho.streams.rest.SubscriptionController;
import io.riacho.streams.rest.SubscriptionSettings;
import io.riacho.streams.rest.Subscriptions;
import io.riacho.streams.stream.StreamAccess;
import io.riacho.streams.stream.Streams;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The plain REST API of streams, wired. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SubscriptionSettings.class)
class StreamsRestConfiguration {

    @Bean
    RestApi streamsRestApi() {
        return RestApi.of("kinesis", "/v1/streams", "/v1/iterators", "/v1/applications")
                .withTelling("partition-key", "explicit-hash-key");
    }

    @Bean
    RestApi documentationRestApi() {
        return RestApi.open("/v1/openapi.json", "/v1/docs");
    }

    @Bean
    KinesisCalls kinesisCalls(OperationCalls calls) {
        return new KinesisCalls(calls);
    }

    @Bean
    StreamsController streamsController(KinesisCalls kinesis, Streams streams) {
        return new StreamsController(kinesis, new StreamChanges(kinesis, streams.catalog()));
    }

    @Bean
    RecordsController recordsController(KinesisCalls kinesis, ShardIterators iterators) {
        return new RecordsController(kinesis, iterators);
    }

    @Bean
    Subscriptions subscriptions(
            KinesisCalls kinesis,
            ShardIterators iterators,
            Streams streams,
            StreamAccess access,
            ShardLog shardLog,
            SubscriptionSettings settings) {
        return new Subscriptions(kinesis, iterators, streams.catalog(), access, shardLog, settings);
    }

    @Bean
    SubscriptionController subscriptionController(Subscriptions subscriptions) {
        return new SubscriptionController(subscriptions);
    }

    @Bean
    ApplicationSource workerApplications(LeaseTable leaseTable) {
        return new WorkerApplications(leaseTable);
    }

    @Bean
    ApplicationSource leaseTableApplications(LeaseTables leaseTables) {
        return new LeaseTableApplications(leaseTables);
    }

    @Bean
    ApplicationsController applicationsController(
            List<ApplicationSource> sources, Streams streams, ShardLog shardLog, ObjectProvider<InstantSource> clock) {
        return new ApplicationsController(
                new Applications(sources, streams.catalog(), shardLog, clock.getIfAvailable(InstantSource::system)),
                streams.catalog().naming());
    }

    @Bean
    StreamActivityController streamActivityController(
            Streams streams, StreamAccess access, ObjectProvider<InstantSource> clock) {
        return new StreamActivityController(
                streams.catalog(), access, clock.getIfAvailable(InstantSource::system), System::nanoTime);
    }

    @Bean
    DocumentationController documentationController() {
        return new DocumentationController();
    }
}
