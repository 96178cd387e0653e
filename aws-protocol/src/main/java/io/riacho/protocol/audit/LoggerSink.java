package io.riacho.protocol.audit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the lines to the logger {@code riacho.audit}, which keeps them as it is configured to. */
final class LoggerSink implements AuditSink {

    private static final Logger LOG = LoggerFactory.getLogger("riacho.audit");

    @Override
    public void keep(String line) {
        LOG.info(line);
    }

    @Override
    public void keepSurely(String line) {
        LOG.info(line);
    }

    @Override
    public void offer(String line) {
        LOG.info(line);
    }

    @Override
    public void requireReady() {}

    @Override
    public void close() {}
}
