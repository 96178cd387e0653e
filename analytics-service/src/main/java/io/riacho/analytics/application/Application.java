package io.riacho.analytics.application;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationStatus;

/**
 * An application as it is at one moment.
 *
 * @param run what runs or is meant to; null where nothing is
 * @param lastStop null where it never stopped
 * @param operation of the API, which is under way
 * @param failure what the last start, update or stop failed by; null where it did not
 */
public record Application(
        UUID id,
        String name,
        String arn,
        Api api,
        ApplicationStatus status,
        long version,
        Instant createdAt,
        Instant updatedAt,
        Definition definition,
        Map<String, String> tags,
        @Nullable Run run,
        @Nullable StopPoint lastStop,
        @Nullable Operation operation,
        @Nullable String failure) {

    private static final Set<ApplicationStatus> AT_REST = Set.of(ApplicationStatus.READY, ApplicationStatus.ROLLED_BACK);

    public Application {
        tags = Map.copyOf(tags);
    }

    /** Whether nothing runs and nothing is under way. */
    public boolean isAtRest() {
        return AT_REST.contains(status);
    }

    /** The operation that is under way, or that was over when it was begun; null where there is none. */
    public @Nullable String operationId() {
        return operation == null ? null : operation.id();
    }

    public boolean isRunning() {
        return status == ApplicationStatus.RUNNING;
    }

    public Application with(Map<String, String> otherTags) {
        return new Application(
                id,
                name,
                arn,
                api,
                status,
                version,
                createdAt,
                updatedAt,
                definition,
                otherTags,
                run,
                lastStop,
                operation,
                failure);
    }

    public Application with(@Nullable Run other) {
        return new Application(
                id,
                name,
                arn,
                api,
                status,
                version,
                createdAt,
                updatedAt,
                definition,
                tags,
                other,
                lastStop,
                operation,
                failure);
    }

    public Application with(StopPoint stop) {
        return new Application(
                id,
                name,
                arn,
                api,
                status,
                version,
                createdAt,
                updatedAt,
                definition,
                tags,
                run,
                stop,
                operation,
                failure);
    }

    public Application withFailure(@Nullable String message) {
        return new Application(
                id,
                name,
                arn,
                api,
                status,
                version,
                createdAt,
                updatedAt,
                definition,
                tags,
                run,
                lastStop,
                operation,
                message);
    }

    /** With an operation that takes its time; what the last one failed by is forgotten. */
    public Application begin(ApplicationStatus passing, Operation begun) {
        return new Application(
                id,
                name,
                arn,
                api,
                passing,
                version,
                createdAt,
                updatedAt,
                definition,
                tags,
                run,
                lastStop,
                begun,
                null);
    }

    /** The operation under way has ended. */
    public Application end(ApplicationStatus reached, @Nullable String failedBy) {
        return new Application(
                id,
                name,
                arn,
                api,
                reached,
                version,
                createdAt,
                updatedAt,
                definition,
                tags,
                run,
                lastStop,
                null,
                failedBy);
    }

    /** With its next version. */
    Application next(Api by, Definition other, Instant now, @Nullable Operation made) {
        return new Application(
                id,
                name,
                arn,
                by,
                status,
                version + 1,
                createdAt,
                now,
                other,
                tags,
                run,
                lastStop,
                made == null ? operation : made,
                failure);
    }

    /** With the same version, told otherwise: what is no part of the version has changed. */
    public Application retold(Definition other) {
        return new Application(
                id,
                name,
                arn,
                api,
                status,
                version,
                createdAt,
                updatedAt,
                other,
                tags,
                run,
                lastStop,
                operation,
                failure);
    }
}
