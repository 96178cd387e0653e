package io.riacho.streams.account;

import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.stream.AccountLimits;
import io.riacho.streams.stream.AccountSettings;
import io.riacho.streams.stream.AccountSettingsKeeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import software.amazon.awssdk.services.kinesis.model.DescribeAccountSettingsRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeAccountSettingsResponse;
import software.amazon.awssdk.services.kinesis.model.DescribeLimitsRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeLimitsResponse;
import software.amazon.awssdk.services.kinesis.model.MinimumThroughputBillingCommitmentInputStatus;
import software.amazon.awssdk.services.kinesis.model.MinimumThroughputBillingCommitmentOutput;
import software.amazon.awssdk.services.kinesis.model.MinimumThroughputBillingCommitmentOutputStatus;
import software.amazon.awssdk.services.kinesis.model.UpdateAccountSettingsRequest;
import software.amazon.awssdk.services.kinesis.model.UpdateAccountSettingsResponse;

/** DescribeLimits, DescribeAccountSettings and UpdateAccountSettings. */
public final class AccountOperations {

    private static final Duration SHORTEST_COMMITMENT = Duration.ofHours(24);

    private final AccountLimits limits;
    private final AccountSettingsKeeper settings;
    private final InstantSource clock;

    public AccountOperations(AccountLimits limits, AccountSettingsKeeper settings, InstantSource clock) {
        this.limits = limits;
        this.settings = settings;
        this.clock = clock;
    }

    public DescribeLimitsResponse describeLimits(DescribeLimitsRequest request) {
        return DescribeLimitsResponse.builder()
                .shardLimit(limits.shardLimit())
                .openShardCount(limits.openShards())
                .onDemandStreamCount(limits.onDemandStreams())
                .onDemandStreamCountLimit(limits.onDemandStreamLimit())
                .build();
    }

    public DescribeAccountSettingsResponse describeAccountSettings(DescribeAccountSettingsRequest request) {
        return DescribeAccountSettingsResponse.builder()
                .minimumThroughputBillingCommitment(described(settings.get()))
                .build();
    }

    public UpdateAccountSettingsResponse updateAccountSettings(UpdateAccountSettingsRequest request) {
        boolean enable = request.minimumThroughputBillingCommitment().status()
                == MinimumThroughputBillingCommitmentInputStatus.ENABLED;
        AccountSettings changed = enable ? enabled(settings.get()) : disabled(settings.get());
        settings.put(changed);
        return UpdateAccountSettingsResponse.builder()
                .minimumThroughputBillingCommitment(described(changed))
                .build();
    }

    private AccountSettings enabled(AccountSettings before) {
        Instant now = now();
        return before.isCommitted(now)
                ? new AccountSettings(before.startedAt(), null, before.earliestAllowedEndAt())
                : new AccountSettings(now, null, now.plus(SHORTEST_COMMITMENT));
    }

    private AccountSettings disabled(AccountSettings before) {
        Instant now = now();
        if (!before.isCommitted(now)) {
            throw KinesisErrors.validation("Account isn't opted in to the minimum throughput billing commitment.");
        }
        Instant earliest = before.earliestAllowedEndAt();
        Instant end = earliest != null && earliest.isAfter(now) ? earliest : now;
        return new AccountSettings(before.startedAt(), end, earliest);
    }

    private MinimumThroughputBillingCommitmentOutput described(AccountSettings settings) {
        boolean committed = settings.isCommitted(now());
        boolean ending = settings.endedAt() != null;
        return MinimumThroughputBillingCommitmentOutput.builder()
                .status(
                        !committed
                                ? MinimumThroughputBillingCommitmentOutputStatus.DISABLED
                                : ending
                                        ? MinimumThroughputBillingCommitmentOutputStatus
                                                .ENABLED_UNTIL_EARLIEST_ALLOWED_END
                                        : MinimumThroughputBillingCommitmentOutputStatus.ENABLED)
                .startedAt(settings.startedAt())
                .endedAt(committed ? null : settings.endedAt())
                .earliestAllowedEndAt(committed ? settings.earliestAllowedEndAt() : null)
                .build();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
