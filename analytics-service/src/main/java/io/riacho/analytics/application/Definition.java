package io.riacho.analytics.application;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationConfigurationDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.CloudWatchLoggingOptionDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.CodeContentType;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.InputDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.OutputDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ReferenceDataSourceDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.SqlApplicationConfigurationDescription;

/**
 * What an application is in one version, as the second API describes it; the first has the same in other words.
 *
 * @param runtime such as {@code SQL-1_0} or {@code FLINK-1_20}
 * @param role of the whole application; null where inputs and outputs have their own, as the first API gives them
 * @param createdAt when the version was made
 * @param updatedFrom the version that this one was made of; null for the first
 * @param rolledBackFrom the version that this one takes the place of, where it was made by a rollback
 * @param rolledBackTo the version that this one is the same as, where it was made by a rollback
 */
public record Definition(
        String runtime,
        @Nullable String description,
        @Nullable String role,
        ApplicationConfigurationDescription configuration,
        List<CloudWatchLoggingOptionDescription> logging,
        Instant createdAt,
        @Nullable Long updatedFrom,
        @Nullable Long rolledBackFrom,
        @Nullable Long rolledBackTo) {

    /** Applications of the Kinesis Data Analytics SQL dialect. */
    public static final String SQL = "SQL-1_0";

    private static final SqlApplicationConfigurationDescription NOTHING =
            SqlApplicationConfigurationDescription.builder().build();

    public Definition {
        logging = List.copyOf(logging);
    }

    public boolean isSql() {
        return runtime.equals(SQL);
    }

    /** Empty where there is none yet. */
    public String code() {
        return Optional.ofNullable(configuration.applicationCodeConfigurationDescription())
                .filter(code -> code.codeContentType() == CodeContentType.PLAINTEXT)
                .map(code -> code.codeContentDescription())
                .map(content -> content.textContent())
                .orElse("");
    }

    public SqlApplicationConfigurationDescription sql() {
        SqlApplicationConfigurationDescription sql = configuration.sqlApplicationConfigurationDescription();
        return sql == null ? NOTHING : sql;
    }

    public List<InputDescription> inputs() {
        return sql().inputDescriptions();
    }

    public List<OutputDescription> outputs() {
        return sql().outputDescriptions();
    }

    public List<ReferenceDataSourceDescription> references() {
        return sql().referenceDataSourceDescriptions();
    }

    public Definition with(ApplicationConfigurationDescription other) {
        return new Definition(
                runtime, description, role, other, logging, createdAt, updatedFrom, rolledBackFrom, rolledBackTo);
    }

    public Definition with(SqlApplicationConfigurationDescription sql) {
        return with(configuration.toBuilder()
                .sqlApplicationConfigurationDescription(sql)
                .build());
    }

    public Definition withLogging(List<CloudWatchLoggingOptionDescription> options) {
        return new Definition(
                runtime,
                description,
                role,
                configuration,
                options,
                createdAt,
                updatedFrom,
                rolledBackFrom,
                rolledBackTo);
    }

    public Definition withRole(String other) {
        return new Definition(
                runtime,
                description,
                other,
                configuration,
                logging,
                createdAt,
                updatedFrom,
                rolledBackFrom,
                rolledBackTo);
    }

    public Definition withRuntime(String other) {
        return new Definition(
                other,
                description,
                role,
                configuration,
                logging,
                createdAt,
                updatedFrom,
                rolledBackFrom,
                rolledBackTo);
    }

    /** The same as a version of its own. */
    Definition asVersion(Instant now, @Nullable Long from, @Nullable Long backFrom, @Nullable Long backTo) {
        return new Definition(runtime, description, role, configuration, logging, now, from, backFrom, backTo);
    }

    /** Whether a job computes the same for both. */
    boolean computesAs(Definition other) {
        return runtime.equals(other.runtime)
                && configuration.equals(other.configuration)
                && String.valueOf(role).equals(String.valueOf(other.role));
    }
}
