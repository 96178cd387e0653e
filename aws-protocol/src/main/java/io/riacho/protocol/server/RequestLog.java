package io.riacho.protocol.server;

import io.riacho.protocol.RequestContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A line for each request that was answered, where the logger {@code riacho.requests} is at DEBUG. Nothing of what was sent. */
public final class RequestLog {

    private static final Logger LOG = LoggerFactory.getLogger("riacho.requests");
    private static final int NANOS_A_MICRO = 1000;

    private RequestLog() {}

    /**
     * @param operation by a name of ours, never by one that was sent
     * @param context null where it is not known who asked
     * @param start {@link System#nanoTime()}
     */
    public static void answered(String operation, @Nullable RequestContext context, int status, long start) {
        if (!LOG.isDebugEnabled()) {
            return;
        }
        String principal = context == null ? "-" : context.principalArn();
        long micros = (System.nanoTime() - start) / NANOS_A_MICRO;
        LOG.atDebug()
                .setMessage("{} {} {} {} us")
                .addArgument(operation)
                .addArgument(principal)
                .addArgument(status)
                .addArgument(micros)
                .addKeyValue("operation", operation)
                .addKeyValue("principal", principal)
                .addKeyValue("status", status)
                .addKeyValue("durationMicros", micros)
                .log();
    }

    static void answered(@Nullable Operation operation, @Nullable RequestContext context, int status, long start) {
        if (LOG.isDebugEnabled()) {
            answered(operation == null ? "-" : operation.service() + ':' + operation.name(), context, status, start);
        }
    }
}
