package io.riacho.protocol.audit;

import io.riacho.policy.Decision;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Keeps one JSON object a line; failures and denials that come in floods are counted. */
public final class JsonAuditLog implements AuditLog, AutoCloseable {

    private final AuditSink sink;
    private final InstantSource clock;
    private final FailureDigest failures = new FailureDigest();
    private final DenialDigest denials = new DenialDigest();

    /** Gives the lines to the logger {@code riacho.audit}. */
    public JsonAuditLog(InstantSource clock) {
        this(new LoggerSink(), clock);
    }

    JsonAuditLog(AuditSink sink, InstantSource clock) {
        this.sink = sink;
        this.clock = clock;
    }

    @Override
    public void denied(RequestContext context, Permission permission, Decision decision) {
        Instant now = clock.instant();
        summarise();
        if (denials.admit(AuditLines.denial(context, permission), now)) {
            sink.keep(AuditLines.denied(now, context, permission, decision));
        }
    }

    @Override
    public void changed(RequestContext context, String service, String operation) {
        sink.keepSurely(AuditLines.changed(clock.instant(), context, service, operation));
    }

    @Override
    public void failed(FailedAuthentication failure) {
        Instant now = clock.instant();
        summarise();
        if (failures.admit(failure.connection().sourceIp(), failure.error(), now)) {
            sink.offer(AuditLines.failed(now, failure));
        }
    }

    @Override
    public void cutOff(String endpointId, String sourceIp) {
        Instant now = clock.instant();
        summarise();
        if (failures.admit(sourceIp, "cut-off", now)) {
            sink.offer(AuditLines.cutOff(now, endpointId, sourceIp));
        }
    }

    @Override
    public void requireReady() {
        sink.requireReady();
    }

    /** Writes down what was only counted, where its minute is over. */
    void summarise() {
        Instant now = clock.instant();
        write(failures.endWindow(now));
        write(denials.endWindow(now));
    }

    @Override
    public void close() {
        write(failures.end(clock.instant()));
        write(denials.end(clock.instant()));
        sink.close();
    }

    private void write(FailureDigest.@Nullable Summary summary) {
        if (summary != null) {
            sink.offer(AuditLines.summary(summary));
        }
    }

    private void write(DenialDigest.@Nullable Summary summary) {
        if (summary == null) {
            return;
        }
        for (DenialDigest.Repeated repeated : summary.repeated()) {
            sink.keep(AuditLines.repeated(summary, repeated));
        }
        if (summary.others() > 0) {
            sink.keep(AuditLines.others(summary));
        }
    }
}
