package io.riacho.protocol.authority;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Counts the changes of identities in auth-service, which tells of one as it happens: what was learnt before does not count
 * any more. Where it cannot be heard, what was learnt counts until it is too old. Safe for use by many threads.
 */
final class AuthorityChanges implements LongSupplier, AutoCloseable {

    static final String PATH = "/v1/authority/changes";

    private static final Logger LOG = LoggerFactory.getLogger(AuthorityChanges.class);
    /** Longer than auth-service lets anybody wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Many changes in a row are one: each has all be asked for again. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofMinutes(1);

    private final AuthorityClient client;
    private final AtomicLong changes = new AtomicLong();
    private final Thread listener;

    private AuthorityChanges(AuthorityClient client) {
        this.client = client;
        this.listener = Thread.ofVirtual().name("authority-changes").unstarted(this::listen);
    }

    static AuthorityChanges heardBy(AuthorityClient client) {
        AuthorityChanges changes = new AuthorityChanges(client);
        changes.listener.start();
        return changes;
    }

    @Override
    public long getAsLong() {
        return changes.get();
    }

    private void listen() {
        String known = null;
        Duration retry = FIRST_RETRY;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                String state = ask(known);
                if (!state.equals(known)) {
                    changes.incrementAndGet();
                    known = state;
                }
                retry = FIRST_RETRY;
                Thread.sleep(PAUSE);
            } catch (IOException | IllegalArgumentException e) {
                if (retry.equals(FIRST_RETRY) && !Thread.currentThread().isInterrupted()) {
                    LOG.warn(
                            "Changes of identities are not told by auth-service, and count after some seconds: {}",
                            e.getMessage());
                }
                retry = pause(retry);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private String ask(@Nullable String known) throws IOException {
        ObjectNode question = JsonMapper.shared().createObjectNode().put("known", known);
        return CallerJson.text(client.ask(PATH, question, PATIENCE), "state");
    }

    private static Duration pause(Duration retry) {
        try {
            Thread.sleep(retry);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        Duration next = retry.multipliedBy(2);
        return next.compareTo(LONGEST_RETRY) < 0 ? next : LONGEST_RETRY;
    }

    @Override
    public void close() {
        listener.interrupt();
    }
}
