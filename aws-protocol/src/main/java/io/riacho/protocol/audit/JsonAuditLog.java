package io.riacho.protocol.audit;

import io.riacho.policy.Decision;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Keeps one JSON object a line; failures that come in floods are counted. */
public final class JsonAuditLog implements AuditLog, AutoCloseable {

    private final AuditSink sink;
    private final InstantSource clock;
    private final FailureDigest failures = new FailureDigest();

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
        sink.keep(AuditLines.denied(clock.instant(), context, permission, decision));
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

    /** Writes down the failures that were only counted, where their minute is over. */
    void summarise() {
        write(failures.endWindow(clock.instant()));
    }

    @Override
    public void close() {
        write(failures.end(clock.instant()));
        sink.close();
    }

    private void write(FailureDigest.@Nullable Summary summary) {
        if (summary != null) {
            sink.offer(AuditLines.summary(summary));
        }
    }
}
