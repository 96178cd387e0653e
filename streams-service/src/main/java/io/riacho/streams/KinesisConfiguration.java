package io.riacho.streams;

import io.riacho.log.ShardLog;
import io.riacho.protocol.AwsApi;
import io.riacho.streams.account.AccountOperations;
import io.riacho.streams.consumer.ConsumerCatalog;
import io.riacho.streams.consumer.ConsumerLifecycle;
import io.riacho.streams.consumer.ConsumerOperations;
import io.riacho.streams.encryption.EncryptionOperations;
import io.riacho.streams.encryption.KeyAccess;
import io.riacho.streams.encryption.KeyStates;
import io.riacho.streams.encryption.StreamKeys;
import io.riacho.streams.fanout.FanOutSettings;
import io.riacho.streams.fanout.SubscribeOperations;
import io.riacho.streams.fanout.Subscriptions;
import io.riacho.streams.iterator.IteratorOperations;
import io.riacho.streams.iterator.ShardIterators;
import io.riacho.streams.iterator.StartingPositions;
import io.riacho.streams.monitoring.MonitoringOperations;
import io.riacho.streams.ondemand.OnDemandOperations;
import io.riacho.streams.policy.ResourcePolicyOperations;
import io.riacho.streams.record.GetOperations;
import io.riacho.streams.record.PutOperations;
import io.riacho.streams.reshard.ReshardOperations;
import io.riacho.streams.retention.RetentionOperations;
import io.riacho.streams.stream.StreamAccess;
import io.riacho.streams.stream.Streams;
import io.riacho.streams.tag.TagOperations;
import io.riacho.streams.token.SealedTokens;
import io.riacho.streams.token.TokenKey;
import io.riacho.streams.usage.StreamsMeter;
import io.riacho.streams.usage.StreamsUsage;
import io.riacho.tracing.Tracing;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** AWS's API of Kinesis Data Streams, wired. */
@Configuration(proxyBeanMethods = false)
class KinesisConfiguration {

    @Bean
    SealedTokens streamTokens(StreamsProperties properties, ShardLog shardLog) {
        return new SealedTokens(TokenKey.in(properties.folder()));
    }

    @Bean
    ShardIterators shardIterators(SealedTokens streamTokens, ObjectProvider<InstantSource> clock) {
        return new ShardIterators(streamTokens, clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    AwsApi kinesis(
            Streams streams,
            StreamAccess access,
            SealedTokens tokens,
            ShardIterators iterators,
            ShardLog shardLog,
            StreamKeys streamKeys,
            KeyStates keyStates,
            ConsumerCatalog consumers,
            ConsumerLifecycle consumerLifecycle,
            Subscriptions fanOut,
            FanOutSettings fanOutSettings,
            StreamsProperties properties,
            StreamsUsage streamsUsage,
            Tracing tracing,
            ObjectProvider<InstantSource> clocks) {
        InstantSource clock = clocks.getIfAvailable(InstantSource::system);
        var catalog = streams.catalog();
        var resolver = streams.resolver();
        var lifecycle = streams.lifecycle();
        KeyAccess keyAccess = new KeyAccess(keyStates, streamKeys);
        StreamsMeter meter = streamsUsage.meter();
        PutOperations put =
                new PutOperations(catalog, resolver, access, streamKeys, keyAccess, shardLog, meter, clock, tracing);
        GetOperations get =
                new GetOperations(catalog, resolver, access, keyAccess, iterators, shardLog, meter, clock, tracing);
        StartingPositions positions = new StartingPositions(catalog.naming(), shardLog, clock);
        SubscribeOperations subscribe = new SubscribeOperations(
                catalog, consumers, access, keyAccess, positions, fanOut, fanOutSettings, shardLog, meter, clock);
        return AwsApi.of(
                        "kinesis",
                        access,
                        streams.streamOperations(consumers, clock),
                        streams.listOperations(tokens, access, clock),
                        streams.recordSizeOperations(),
                        new IteratorOperations(catalog, resolver, iterators, positions),
                        new ReshardOperations(
                                catalog, resolver, lifecycle, streams.accountLimits(), properties.limits(), clock),
                        new OnDemandOperations(
                                catalog,
                                resolver,
                                lifecycle,
                                streams.accountLimits(),
                                streams.accountSettings(),
                                properties.limits(),
                                clock),
                        new EncryptionOperations(
                                resolver, lifecycle, streamKeys, keyAccess, properties.limits(), clock),
                        new RetentionOperations(catalog, resolver),
                        new TagOperations(catalog, resolver, consumers),
                        new ResourcePolicyOperations(catalog, resolver, consumers),
                        new ConsumerOperations(
                                consumers,
                                consumerLifecycle,
                                resolver,
                                access,
                                tokens,
                                catalog.naming().accountId(),
                                clock),
                        new MonitoringOperations(resolver, lifecycle),
                        new AccountOperations(streams.accountLimits(), streams.accountSettings(), clock))
                .with("PutRecord", put::putRecord)
                .with("PutRecords", put::putRecords)
                .with("GetRecords", get::getRecords)
                .with("SubscribeToShard", subscribe::subscribeToShard);
    }
}
