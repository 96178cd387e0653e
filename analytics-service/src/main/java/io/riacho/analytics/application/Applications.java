package io.riacho.analytics.application;

import io.riacho.analytics.error.AnalyticsErrors;
import io.riacho.analytics.job.CodeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationStatus;

/** The applications that there are, in the database: they are few, and seldom asked for. Safe for use by many threads. */
public final class Applications {

    /** How many versions of an application are remembered. */
    private static final int VERSIONS = 500;

    private static final long LAST_VERSION = 999_999_999;

    private final TransactionTemplate transactions;
    private final ApplicationStore store;
    private final OperationStore operations;
    private final ApplicationNaming naming;
    private final DefinitionCheck check;
    private final int quota;
    private final InstantSource clock;
    private final Consumer<UUID> changed;
    private final ApplicationHistory history;

    /**
     * @param quota how many there may be
     * @param changed told of each that was changed by this process, so that it is looked at at once
     */
    public Applications(
            DataSource dataSource,
            ApplicationNaming naming,
            DefinitionCheck check,
            int quota,
            InstantSource clock,
            Consumer<UUID> changed,
            ApplicationHistory history) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.store = new ApplicationStore(jdbc, naming);
        this.operations = new OperationStore(jdbc);
        this.naming = naming;
        this.check = check;
        this.quota = quota;
        this.clock = clock;
        this.changed = changed;
        this.history = history;
    }

    public ApplicationNaming naming() {
        return naming;
    }

    public OperationStore operations() {
        return operations;
    }

    /** Now, as the API tells times. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    public Optional<Application> find(String name) {
        return store.find(name);
    }

    public Optional<Application> find(UUID id) {
        return store.find(id);
    }

    /** @throws io.riacho.protocol.AwsException ResourceNotFoundException */
    public Application get(String name) {
        return find(name).orElseThrow(() -> notFound(name));
    }

    /** In the order of their names. */
    public List<Application> all() {
        return store.all();
    }

    /** Those that run or are about to, or that are otherwise under way. */
    public List<UUID> passing() {
        return store.passing();
    }

    /** As it was in that version; empty where there never was such a version, or it was forgotten. */
    public Optional<Definition> definition(UUID id, long version) {
        return store.definition(id, version);
    }

    /** The newest first, before that one. */
    public List<Long> versions(UUID id, long before, int limit) {
        return store.versions(id, before, limit);
    }

    /** @throws io.riacho.protocol.AwsException ResourceInUseException, LimitExceededException */
    public Application create(Application application) {
        transactions.executeWithoutResult(_ -> {
            int count = store.countToCreate();
            if (store.find(application.name()).isPresent()) {
                throw AnalyticsErrors.nameInUse(application.name());
            }
            if (count >= quota) {
                throw AnalyticsErrors.limitExceeded("There can be at most " + quota + " applications.");
            }
            store.insert(application);
        });
        return application;
    }

    /**
     * Makes the next version of an application, which has to be at rest or running. One that runs is restarted, unless its
     * job would compute the same.
     *
     * @param expected which version the caller knows
     * @param edit is given the definition, and the version that it makes
     * @throws io.riacho.protocol.AwsException what the API says where that is not possible
     */
    public Application redefine(
            String name, Api by, Expected expected, String operation, BiFunction<Definition, Long, Definition> edit) {
        Application known = get(name);
        requireChangeable(known, by, expected);
        Definition wanted = edit.apply(known.definition(), known.version() + 1);
        checkCode(known, wanted);
        return change(name, now -> {
            requireChangeable(now, by, expected);
            if (!now.id().equals(known.id()) || now.version() != known.version()) {
                throw AnalyticsErrors.otherVersion(name, known.version(), now.version());
            }
            return nextVersion(now, by, operation, wanted);
        });
    }

    /** Makes the version of an application that undoes the last one. */
    public Application rollBack(String name, Expected expected, String operation) {
        return change(name, now -> {
            if (now.definition().isSql()) {
                throw AnalyticsErrors.unsupportedOperation("SQL applications cannot be rolled back.");
            }
            expected.require(now);
            if (!now.isRunning() && now.status() != ApplicationStatus.UPDATING) {
                throw AnalyticsErrors.wrongState(name, now.status().toString());
            }
            return rolledBack(now, operation);
        });
    }

    /** The application with the version that undoes its last one. */
    public Application rolledBack(Application now, String operation) {
        Long from = now.definition().updatedFrom();
        Definition before =
                from == null ? null : store.definition(now.id(), from).orElse(null);
        if (from == null || before == null) {
            throw AnalyticsErrors.invalidArgument(
                    "There is no version that application " + now.name() + " can be rolled back to.");
        }
        Operation undo = Operation.changing(operation, now(), now.version(), now.version() + 1, false)
                .undoing(now.operation() == null ? null : now.operation().id());
        Definition again = before.asVersion(now(), before.updatedFrom(), now.version(), from);
        return now.next(now.api(), again, now(), undo).begin(ApplicationStatus.ROLLING_BACK, undo);
    }

    /**
     * Changes the application as the database has it.
     *
     * @param change may throw to refuse; the same application means that there is nothing to change
     * @throws io.riacho.protocol.AwsException ResourceNotFoundException
     */
    public Application change(String name, UnaryOperator<Application> change) {
        Application after = Objects.requireNonNull(transactions.execute(
                _ -> apply(store.lock(name).orElseThrow(() -> notFound(name)), change)));
        changed.accept(after.id());
        return after;
    }

    /**
     * The same for whoever leads it from state to state; does nothing where there is none.
     *
     * @param guard called in the same transaction; throws where the caller does not lead it any more
     */
    public Optional<Application> change(UUID id, Runnable guard, UnaryOperator<Application> change) {
        return Optional.ofNullable(transactions.execute(_ -> {
            guard.run();
            return store.lock(id).map(before -> apply(before, change)).orElse(null);
        }));
    }

    /** Forgets an application. */
    public void remove(UUID id, Runnable guard) {
        transactions.executeWithoutResult(_ -> {
            guard.run();
            store.delete(id);
            history.removed(id);
        });
    }

    private Application nextVersion(Application now, Api by, String operation, Definition wanted) {
        long next = now.version() + 1;
        if (next > LAST_VERSION) {
            throw AnalyticsErrors.limitExceeded("Application " + now.name() + " has too many versions.");
        }
        boolean same = wanted.computesAs(now.definition());
        boolean atOnce = now.isAtRest() || same;
        Operation made = Operation.changing(operation, now(), now.version(), next, atOnce);
        Application after = now.next(by, wanted.asVersion(now(), now.version(), null, null), now(), made);
        if (!atOnce) {
            return after.begin(ApplicationStatus.UPDATING, made);
        }
        Run run = after.run();
        return run == null || !same ? after : after.with(run.ofVersion(next));
    }

    private void checkCode(Application known, Definition wanted) {
        try {
            if (known.isRunning()) {
                if (!wanted.computesAs(known.definition())) {
                    check.check(known, wanted);
                }
            } else if (!wanted.code().equals(known.definition().code())) {
                check.checkSyntax(wanted);
            }
        } catch (CodeException e) {
            throw AnalyticsErrors.codeValidation(e);
        }
    }

    private static void requireChangeable(Application application, Api by, Expected expected) {
        requireApi(application, by);
        if (!application.isAtRest() && !application.isRunning()) {
            throw AnalyticsErrors.wrongState(
                    application.name(), application.status().toString());
        }
        expected.require(application);
    }

    /** @throws io.riacho.protocol.AwsException UnsupportedOperationException where the first API may not have it */
    public static void requireApi(Application application, Api by) {
        if (by == Api.FIRST && application.api() == Api.SECOND) {
            throw AnalyticsErrors.ofSecondApi(application.name());
        }
    }

    private Application apply(Application before, UnaryOperator<Application> change) {
        Application after = change.apply(before);
        if (after == before) {
            return before;
        }
        Operation begun = after.operation();
        Operation last = before.operation();
        if (last != null && (begun == null || !begun.id().equals(last.id()))) {
            operations.end(last, now(), after.failure());
        }
        if (begun != null && (last == null || !begun.id().equals(last.id()))) {
            operations.begin(after.id(), begun);
        }
        if (after.version() != before.version() || !after.definition().equals(before.definition())) {
            store.writeVersion(after);
            store.forgetVersionsBefore(after.id(), after.version() - VERSIONS);
        }
        store.update(begun != null && begun.ended() ? after.end(after.status(), after.failure()) : after);
        history.changed(after);
        return after;
    }

    private io.riacho.protocol.AwsException notFound(String name) {
        return AnalyticsErrors.notFound(name, naming.accountId());
    }

    /**
     * Which version of an application the caller knows.
     *
     * @param version null where it says that by the token
     * @param token null where it says that by the version
     */
    public record Expected(@Nullable Long version, @Nullable String token) {

        void require(Application application) {
            if (version == null && token == null) {
                throw AnalyticsErrors.invalidArgument(
                        "CurrentApplicationVersionId or ConditionalToken has to be given.");
            }
            if (version != null && version != application.version()) {
                throw AnalyticsErrors.otherVersion(application.name(), version, application.version());
            }
            if (token != null && !token.equals(ConditionalTokens.of(application))) {
                throw AnalyticsErrors.concurrentModification(
                        "The conditional token is not the current one of application " + application.name() + ".");
            }
        }
    }
}
