package io.riacho.firehose.rest;

import io.riacho.firehose.activity.Activities;
import io.riacho.firehose.activity.DeliveryReport;
import io.riacho.firehose.activity.StreamActivity;
import io.riacho.firehose.deliverystream.DeliveryStream;
import io.riacho.firehose.deliverystream.DeliveryStreamAccess;
import io.riacho.firehose.deliverystream.DeliveryStreams;
import io.riacho.protocol.RequestContext;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a delivery stream did last in the process that is asked: deliveries, their freshness, and what failed. */
@RestController
@RequestMapping(path = "/v1/delivery-streams", produces = MediaType.APPLICATION_JSON_VALUE)
public final class ActivityController {

    private final DeliveryStreams streams;
    private final DeliveryStreamAccess access;
    private final Activities activities;

    public ActivityController(DeliveryStreams streams, DeliveryStreamAccess access, Activities activities) {
        this.streams = streams;
        this.access = access;
        this.activities = activities;
    }

    @GetMapping("/{name}/activity")
    ActivityView activity(@PathVariable String name, RequestContext context) {
        access.require(context, "DescribeDeliveryStream", name);
        DeliveryStream stream = streams.get(name);
        return activities
                .find(stream.id())
                .map(activity -> ActivityView.of(stream, activity.snapshot()))
                .orElseGet(() ->
                        ActivityView.of(stream, new StreamActivity.Snapshot(List.of(), List.of(), 0, 0, 0, 0, false)));
    }

    /**
     * Counts are since the process began.
     *
     * @param failing whether nothing was delivered since the last failure
     * @param deliveries the newest first
     * @param failures the newest first
     */
    record ActivityView(
            String name,
            String status,
            boolean failing,
            long deliveredRecords,
            long deliveredBytes,
            long backedUpRecords,
            long rejectedRecords,
            List<DeliveryView> deliveries,
            List<FailureView> failures) {

        static ActivityView of(DeliveryStream stream, StreamActivity.Snapshot snapshot) {
            return new ActivityView(
                    stream.name(),
                    stream.status().toString(),
                    snapshot.failing(),
                    snapshot.deliveredRecords(),
                    snapshot.deliveredBytes(),
                    snapshot.backedUpRecords(),
                    snapshot.rejectedRecords(),
                    snapshot.deliveries().stream().map(DeliveryView::of).toList(),
                    snapshot.failures().stream().map(FailureView::of).toList());
        }
    }

    /**
     * @param tookMillis from the first attempt on
     * @param freshnessMillis how old the oldest record was
     */
    record DeliveryView(
            Instant at, String shard, int records, long bytes, int rejected, long tookMillis, long freshnessMillis) {

        static DeliveryView of(DeliveryReport report) {
            return new DeliveryView(
                    report.at(),
                    report.shard(),
                    report.records(),
                    report.bytes(),
                    report.rejected(),
                    report.took().toMillis(),
                    report.freshness().toMillis());
        }
    }

    /** @param shard null where it is about the whole source */
    record FailureView(
            Instant first,
            Instant last,
            int times,
            @Nullable String shard,
            String code,
            String message) {

        static FailureView of(StreamActivity.Failure failure) {
            return new FailureView(
                    failure.first(),
                    failure.last(),
                    failure.times(),
                    failure.shard().isEmpty() ? null : failure.shard(),
                    failure.code(),
                    failure.message());
        }
    }
}
