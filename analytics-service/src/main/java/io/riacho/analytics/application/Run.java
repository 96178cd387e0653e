package io.riacho.analytics.application;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One job of an application, meant or under way. It is stored before the job is started, so that whoever finds it goes on.
 *
 * @param id unique for ever
 * @param version of the application that it computes
 * @param begunAt when it was meant first
 * @param job the job's id; null where none is known to have been started
 * @param everRan whether the job was seen to run
 * @param restoreFrom the savepoint or checkpoint that it goes on from; null to begin without state
 * @param allowNonRestored whether state may be left behind that the job has no place for
 * @param restoreOptional whether the job may begin without state, at its positions, where it cannot be restored
 * @param positions where inputs begin that have no state, by their ids
 * @param attempts how often a job was tried to start since one ran
 * @param nextAttempt not before that time
 */
public record Run(
        String id,
        long version,
        Instant begunAt,
        @Nullable String job,
        boolean everRan,
        @Nullable String restoreFrom,
        boolean allowNonRestored,
        boolean restoreOptional,
        Map<String, Position> positions,
        int attempts,
        @Nullable Instant nextAttempt) {

    public Run {
        positions = Map.copyOf(positions);
    }

    /**
     * Where an input begins.
     *
     * @param asked as the caller said, such as {@code NOW}
     * @param from records that arrived then or later; null for all that there are
     */
    public record Position(String asked, @Nullable Instant from) {}

    public Run withJob(String started) {
        return new Run(
                id,
                version,
                begunAt,
                started,
                everRan,
                restoreFrom,
                allowNonRestored,
                restoreOptional,
                positions,
                attempts,
                null);
    }

    public Run running() {
        return new Run(
                id,
                version,
                begunAt,
                job,
                true,
                restoreFrom,
                allowNonRestored,
                restoreOptional,
                positions,
                0,
                null);
    }

    /** The same, of an application whose new version computes nothing else. */
    public Run ofVersion(long other) {
        return new Run(
                id,
                other,
                begunAt,
                job,
                everRan,
                restoreFrom,
                allowNonRestored,
                restoreOptional,
                positions,
                attempts,
                nextAttempt);
    }

    /** A further try of a start that failed; without state where that may be what failed. */
    public Run again(Instant when) {
        return new Run(
                id,
                version,
                begunAt,
                null,
                everRan,
                restoreOptional ? null : restoreFrom,
                allowNonRestored,
                restoreOptional,
                positions,
                attempts + 1,
                when);
    }

    /** The same, after a job of it was seen to run that has not run for long. */
    public Run ran() {
        return new Run(
                id,
                version,
                begunAt,
                job,
                true,
                restoreFrom,
                allowNonRestored,
                restoreOptional,
                positions,
                attempts,
                nextAttempt);
    }

    /**
     * What comes after this one, from a checkpoint of it or from where it was restored itself.
     *
     * @param checkpoint null where it had none
     * @param hasFailed whether it ended by a failure, and not with the cluster that it ran on
     */
    public Run next(String nextId, @Nullable String checkpoint, Instant when, boolean hasFailed) {
        String inherited = restoreOptional && hasFailed && !everRan ? null : restoreFrom;
        return new Run(
                nextId,
                version,
                begunAt,
                null,
                everRan,
                checkpoint == null ? inherited : checkpoint,
                allowNonRestored,
                checkpoint == null && restoreOptional,
                positions,
                hasFailed ? attempts + 1 : attempts,
                when);
    }
}
