package io.riacho.firehose.directput;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.riacho.firehose.record.SourceRecord;
import io.riacho.tracing.Tracing;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * Remembers for a while which spans of puts the stored records come from, where these are recorded. What this process does not
 * remember, such as what another one took, has no span. Safe for use by many threads.
 */
public final class PutSpans {

    private static final int MOST = 16_384;
    /** Longer than any buffer is filled. */
    private static final Duration KEPT = Duration.ofMinutes(20);

    private final @Nullable Cache<Stored, SpanContext> spans;

    public PutSpans(Tracing tracing) {
        spans = tracing.isOn()
                ? Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(KEPT).build()
                : null;
    }

    /** The put that the thread serves has stored these. */
    void stored(UUID deliveryStream, List<PutRecordsResultEntry> results) {
        if (spans == null || !Span.current().isRecording()) {
            return;
        }
        SpanContext put = Span.current().getSpanContext();
        for (PutRecordsResultEntry result : results) {
            if (result.errorCode() == null) {
                spans.put(new Stored(deliveryStream, result.shardId(), new BigInteger(result.sequenceNumber())), put);
            }
        }
    }

    /** The spans of the puts that the records come from, as far as they are remembered, and no more than a span may link to. */
    public Collection<SpanContext> of(UUID deliveryStream, List<SourceRecord> records) {
        if (spans == null) {
            return List.of();
        }
        Set<SpanContext> found = new LinkedHashSet<>();
        BigInteger last = null;
        for (SourceRecord record : records) {
            if (!record.position().equals(last)) {
                last = record.position();
                SpanContext put = spans.getIfPresent(new Stored(deliveryStream, record.shard(), last));
                if (put != null && found.add(put) && found.size() == Tracing.MOST_LINKS) {
                    break;
                }
            }
        }
        return found;
    }

    /** A record of a delivery stream's internal stream. */
    private record Stored(UUID deliveryStream, String shard, BigInteger position) {}
}
