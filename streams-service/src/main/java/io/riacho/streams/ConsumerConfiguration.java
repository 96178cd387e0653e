package io.riacho.streams;

import io.riacho.protocol.server.ProtocolProperties;
import io.riacho.streams.consumer.ConsumerCatalog;
import io.riacho.streams.consumer.ConsumerLifecycle;
import io.riacho.streams.consumer.ConsumerStore;
import io.riacho.streams.fanout.FanOutSettings;
import io.riacho.streams.fanout.Subscriptions;
import io.riacho.streams.stream.StreamNaming;
import io.riacho.streams.stream.Streams;
import io.riacho.streams.usage.StreamsUsage;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Registered consumers and what is pushed to them, wired. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FanOutSettings.class)
class ConsumerConfiguration {

    @Bean
    ConsumerCatalog consumers(
            Streams streams,
            DataSource dataSource,
            PlatformTransactionManager transactions,
            StreamsUsage streamsUsage,
            ProtocolProperties protocol) {
        return new ConsumerCatalog(
                streams.catalog(),
                streams.resolver(),
                new ConsumerStore(
                        JdbcClient.create(dataSource),
                        new TransactionTemplate(transactions),
                        new StreamNaming(protocol.accountId(), protocol.region()),
                        streamsUsage.history()));
    }

    @Bean
    ConsumerLifecycle consumerLifecycle(
            ConsumerCatalog consumers,
            Streams streams,
            StreamsProperties properties,
            ObjectProvider<InstantSource> clock) {
        return new ConsumerLifecycle(
                consumers,
                streams.catalog(),
                streams.resolver(),
                properties.limits(),
                streams.accountSettings(),
                properties.transition(),
                clock.getIfAvailable(InstantSource::system));
    }

    /** Those of SubscribeToShard. */
    @Bean
    Subscriptions fanOut(
            Streams streams, ConsumerCatalog consumers, FanOutSettings settings, StreamsProperties properties) {
        return new Subscriptions(streams.catalog(), consumers, settings, properties.limits(), System::nanoTime);
    }
}
