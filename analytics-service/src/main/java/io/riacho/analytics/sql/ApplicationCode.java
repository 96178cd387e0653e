package io.riacho.analytics.sql;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.InputDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.OutputDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ReferenceDataSourceDescription;

/**
 * What is compiled: an application's code with all that it reads and writes.
 *
 * @param run the run that the job is for
 * @param application its name
 * @param arn of the application
 * @param code as it was given
 * @param role of the whole application; null where inputs and outputs have their own
 * @param roles that the job acts as, the first of which is where nothing else is said
 * @param starts where inputs begin, by their ids; an input that is not named begins with what arrives from now on
 * @param access how the job reaches this service
 * @param parallelism 1 or more
 * @param checkpointInterval in milliseconds
 * @param minPause between two checkpoints, in milliseconds
 */
public record ApplicationCode(
        String run,
        String application,
        String arn,
        String code,
        List<InputDescription> inputs,
        List<OutputDescription> outputs,
        List<ReferenceDataSourceDescription> references,
        @Nullable String role,
        List<String> roles,
        Map<String, Start> starts,
        Access access,
        int parallelism,
        long checkpointInterval,
        long minPause) {

    public ApplicationCode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        references = List.copyOf(references);
        roles = List.copyOf(roles);
        starts = Map.copyOf(starts);
    }

    /**
     * Where an input begins.
     *
     * @param from records that arrived then or later; null for all that there are
     */
    public record Start(@Nullable Instant from) {}

    /**
     * How a job reaches this service.
     *
     * @param runs where what belongs to runs lies, such as {@code http://127.0.0.1:4566/v1/runs}
     * @param token that it proves itself with
     */
    public record Access(URI runs, String token) {

        @Override
        public String toString() {
            return "Access[" + runs + "]";
        }
    }

    /** Where the job gets the credentials of a role that it acts as. */
    public URI credentials(String roleArn) {
        return own("credentials/" + number(roleArn));
    }

    /** Where the job gets objects that a role may read. */
    URI objects(String roleArn) {
        return own("objects/" + number(roleArn));
    }

    private int number(String roleArn) {
        int number = roles.indexOf(roleArn);
        if (number < 0) {
            throw new IllegalArgumentException("The application does not act as " + roleArn);
        }
        return number;
    }

    /** What of this service belongs to the run. */
    public URI own(String path) {
        return URI.create(access.runs() + "/" + run + "/" + path);
    }
}
