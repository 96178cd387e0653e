package io.riacho.streams.ondemand;

import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.limit.LimitSettings;
import io.riacho.streams.shard.Reshape;
import io.riacho.streams.stream.AccountLimits;
import io.riacho.streams.stream.AccountSettingsKeeper;
import io.riacho.streams.stream.RecentCalls;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamCatalog;
import io.riacho.streams.stream.StreamLifecycle;
import io.riacho.streams.stream.StreamResolver;
import io.riacho.streams.stream.WarmThroughput;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.UpdateStreamModeRequest;
import software.amazon.awssdk.services.kinesis.model.UpdateStreamWarmThroughputRequest;
import software.amazon.awssdk.services.kinesis.model.UpdateStreamWarmThroughputResponse;
import software.amazon.awssdk.services.kinesis.model.WarmThroughputObject;

/** UpdateStreamMode and UpdateStreamWarmThroughput. */
public final class OnDemandOperations {

    private final StreamCatalog catalog;
    private final StreamResolver resolver;
    private final StreamLifecycle lifecycle;
    private final AccountLimits accountLimits;
    private final AccountSettingsKeeper account;
    private final LimitSettings limits;
    private final InstantSource clock;

    public OnDemandOperations(
            StreamCatalog catalog,
            StreamResolver resolver,
            StreamLifecycle lifecycle,
            AccountLimits accountLimits,
            AccountSettingsKeeper account,
            LimitSettings limits,
            InstantSource clock) {
        this.catalog = catalog;
        this.resolver = resolver;
        this.lifecycle = lifecycle;
        this.accountLimits = accountLimits;
        this.account = account;
        this.limits = limits;
        this.clock = clock;
    }

    public void updateStreamMode(UpdateStreamModeRequest request) {
        StreamMode mode = request.streamModeDetails().streamMode();
        Stream found = resolver.resolve(null, request.streamARN(), request.streamId());
        checkWarm(request.warmThroughputMiBps(), mode);
        lifecycle.update(found, stream -> {
            resolver.requireActive(stream);
            Integer warm = request.warmThroughputMiBps();
            if (stream.mode() != mode) {
                return switched(stream, mode, warm);
            }
            return warm == null ? stream : warmed(stream, warm);
        });
    }

    public UpdateStreamWarmThroughputResponse updateStreamWarmThroughput(UpdateStreamWarmThroughputRequest request) {
        Stream found = resolver.resolve(request.streamName(), request.streamARN(), request.streamId());
        int target = request.warmThroughputMiBps();
        Stream updating = lifecycle.update(found, stream -> {
            checkWarm(target, stream.mode());
            resolver.requireActive(stream);
            return warmed(stream, target);
        });
        return UpdateStreamWarmThroughputResponse.builder()
                .streamName(updating.name())
                .streamARN(updating.arn())
                .warmThroughput(WarmThroughputObject.builder()
                        .targetMiBps(target)
                        .currentMiBps(found.shards().openCount())
                        .build())
                .build();
    }

    private Stream switched(Stream stream, StreamMode mode, @Nullable Integer warm) {
        Instant now = clock.instant();
        if (limits.enabled() && RecentCalls.of(stream.modeSwitches(), now).size() >= limits.modeSwitches()) {
            throw KinesisErrors.limitExceeded("Rate exceeded for stream " + stream.name() + " under account "
                    + catalog.naming().accountId() + ".");
        }
        if (mode == StreamMode.ON_DEMAND) {
            accountLimits.checkOnDemandStreams(1);
        } else {
            accountLimits.checkShards(stream.shards().openCount());
        }
        Stream switched = stream.changed()
                .mode(mode)
                .warmThroughputMiBps(null)
                .modeSwitches(RecentCalls.with(stream.modeSwitches(), now))
                .done();
        return warm == null ? switched : warmed(switched, warm);
    }

    /** Throughput that a stream is kept ready for is shards that it has. */
    private static Stream warmed(Stream stream, int mibps) {
        List<Reshape> pending = mibps > stream.shards().openCount() ? List.of(new Reshape.Scale(mibps)) : List.of();
        return stream.changed().warmThroughputMiBps(mibps).pending(pending).done();
    }

    private void checkWarm(@Nullable Integer mibps, StreamMode mode) {
        WarmThroughput.check(mibps, mode, account.get().isCommitted(clock.instant()));
    }
}
