package io.riacho.analytics.run;

import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Definition;
import io.riacho.analytics.sql.FanOutConsumers;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Consumers of enhanced fan-out that jobs registered and nothing needs any more. Written down before what needed them is no more, so that
 * none is forgotten, and deregistered then, as the application's role.
 */
final class FormerConsumers {

    private static final Logger log = LoggerFactory.getLogger(FormerConsumers.class);
    private static final Duration AGAIN = Duration.ofMinutes(1);
    /** A role that is no more will not come back. */
    private static final Duration PATIENCE = Duration.ofDays(1);

    private static final int AT_A_TIME = 20;

    private final JdbcClient jdbc;
    private final Leading leading;
    private final Deregistration deregistration;
    /** Kinesis may be slow to answer, for which nobody is to wait. */
    private final Semaphore sweeping = new Semaphore(1);

    private final AtomicBoolean hasNew = new AtomicBoolean();

    FormerConsumers(JdbcClient jdbc, Leading leading, Deregistration deregistration) {
        this.jdbc = jdbc;
        this.leading = leading;
        this.deregistration = deregistration;
    }

    private record Former(
            long id,
            UUID applicationId,
            String application,
            String applicationArn,
            String role,
            String stream,
            String consumer,
            Instant since) {}

    /** The application is about to be no more. */
    void deleted(Application application) {
        Set<FanOutConsumers.Consumer> consumers = new HashSet<>(of(application.definition()));
        if (application.run() != null) {
            version(application, application.run().version()).ifPresent(ran -> consumers.addAll(of(ran)));
        }
        if (application.lastStop() != null) {
            version(application, application.lastStop().version()).ifPresent(ran -> consumers.addAll(of(ran)));
        }
        add(application, application.definition(), consumers);
    }

    /** It has come to run, after it was changed at rest perhaps. */
    void started(Application application) {
        if (application.lastStop() != null && application.lastStop().version() != application.version()) {
            replaced(application, application.lastStop().version());
        }
    }

    /** @param version that ran, in whose place another one is to run */
    void replaced(Application application, long version) {
        version(application, version).ifPresent(old -> {
            Set<FanOutConsumers.Consumer> consumers = new HashSet<>(of(old));
            consumers.removeAll(of(application.definition()));
            add(application, old, consumers);
        });
    }

    private Optional<Definition> version(Application application, long version) {
        return leading.applications().definition(application.id(), version);
    }

    private static Set<FanOutConsumers.Consumer> of(Definition definition) {
        return definition.isSql() ? Set.of() : FanOutConsumers.of(definition.code());
    }

    private void add(Application application, Definition definition, Set<FanOutConsumers.Consumer> consumers) {
        String role = definition.role();
        if (role == null) {
            return;
        }
        hasNew.set(!consumers.isEmpty() || hasNew.get());
        OffsetDateTime now = leading.now().atOffset(ZoneOffset.UTC);
        for (FanOutConsumers.Consumer consumer : consumers) {
            jdbc.sql("""
                insert into analytics.former_consumer (application_id, application, application_arn, role, stream,
                    consumer, since, not_before) values (?, ?, ?, ?, ?, ?, ?, ?)\
                """)
                    .params(
                            application.id(),
                            application.name(),
                            application.arn(),
                            role,
                            consumer.stream(),
                            consumer.name(),
                            now,
                            now)
                    .update();
        }
    }

    /** Whether there are some that no sweep has seen. */
    boolean hasNew() {
        return hasNew.get();
    }

    /** Begins to deregister what there is, if that is not under way. */
    void sweep() {
        if (sweeping.tryAcquire()) {
            hasNew.set(false);
            Thread.ofVirtual().name("former-consumers").start(() -> {
                try {
                    due().forEach(this::deregister);
                } catch (RuntimeException e) {
                    log.debug("Former consumers stay for now", e);
                } finally {
                    sweeping.release();
                }
            });
        }
    }

    private List<Former> due() {
        return jdbc.sql("select * from analytics.former_consumer where not_before <= ? order by id limit ?")
                .params(leading.now().atOffset(ZoneOffset.UTC), AT_A_TIME)
                .query((row, _) -> new Former(
                        row.getLong("id"),
                        row.getObject("application_id", UUID.class),
                        row.getString("application"),
                        row.getString("application_arn"),
                        row.getString("role"),
                        row.getString("stream"),
                        row.getString("consumer"),
                        row.getObject("since", OffsetDateTime.class).toInstant()))
                .list();
    }

    private void deregister(Former former) {
        try {
            if (!isNeeded(former)) {
                deregistration.deregister(
                        new Deregistration.Actor(former.role(), former.application(), former.applicationArn()),
                        former.stream(),
                        former.consumer());
            }
        } catch (RuntimeException e) {
            if (leading.now().isBefore(former.since().plus(PATIENCE))) {
                log.debug("Consumer {} of {} stays for now", former.consumer(), former.stream(), e);
                jdbc.sql("update analytics.former_consumer set not_before = ? where id = ?")
                        .params(leading.now().plus(AGAIN).atOffset(ZoneOffset.UTC), former.id())
                        .update();
                return;
            }
            log.warn(
                    "Consumer {} of {}, which application {} registered, could not be deregistered: {}",
                    former.consumer(),
                    former.stream(),
                    former.application(),
                    e.toString());
        }
        jdbc.sql("delete from analytics.former_consumer where id = ?")
                .param(former.id())
                .update();
    }

    /** The application may have come to name it again, by an update or by a rollback. */
    private boolean isNeeded(Former former) {
        return leading.find(former.applicationId())
                .filter(now -> now.status()
                        != software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationStatus.DELETING)
                .map(now ->
                        of(now.definition()).contains(new FanOutConsumers.Consumer(former.stream(), former.consumer())))
                .orElse(false);
    }
}
