package io.riacho.analytics.second;

import io.riacho.analytics.application.CodeConfiguration;
import io.riacho.analytics.application.Definition;
import io.riacho.analytics.application.FlinkConfiguration;
import io.riacho.analytics.application.LoggingOptions;
import io.riacho.analytics.application.SqlConfiguration;
import io.riacho.analytics.error.AnalyticsErrors;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationConfiguration;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationConfigurationDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationConfigurationUpdate;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationMode;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.CreateApplicationRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.UpdateApplicationRequest;

/** Makes and edits definitions by the shapes of the second API, and refuses by name what this server does not do. */
final class Configurations {

    private static final String FLINK = "FLINK-";

    private Configurations() {}

    static Definition requested(CreateApplicationRequest request, Instant now) {
        String runtime = runtime(request.runtimeEnvironmentAsString());
        if (request.applicationMode() == ApplicationMode.INTERACTIVE) {
            throw AnalyticsErrors.notSupported("ApplicationMode INTERACTIVE");
        }
        Definition definition = new Definition(
                runtime,
                request.applicationDescription(),
                request.serviceExecutionRole(),
                ApplicationConfigurationDescription.builder().build(),
                List.of(),
                now,
                null,
                null,
                null);
        ApplicationConfiguration given = request.applicationConfiguration() == null
                ? ApplicationConfiguration.builder().build()
                : request.applicationConfiguration();
        refuse(
                !given.vpcConfigurations().isEmpty(),
                given.environmentProperties() != null
                        && !given.environmentProperties().propertyGroups().isEmpty(),
                given.zeppelinApplicationConfiguration() != null,
                given.applicationEncryptionConfiguration() != null);
        definition = definition.isSql() ? sql(definition, given) : flink(definition, given);
        definition = CodeConfiguration.with(definition, given.applicationCodeConfiguration());
        return LoggingOptions.add(definition, request.cloudWatchLoggingOptions(), 1);
    }

    static Definition updated(Definition before, UpdateApplicationRequest request, long next) {
        Definition definition = before;
        if (request.runtimeEnvironmentUpdateAsString() != null) {
            String runtime = runtime(request.runtimeEnvironmentUpdateAsString());
            if (runtime.equals(Definition.SQL) != before.isSql()) {
                throw AnalyticsErrors.invalidArgument(
                        "An application cannot change from SQL to Flink, nor from Flink to SQL.");
            }
            definition = definition.withRuntime(runtime);
        }
        if (request.serviceExecutionRoleUpdate() != null) {
            definition = definition.withRole(request.serviceExecutionRoleUpdate());
        }
        if (request.runConfigurationUpdate() != null) {
            definition = RunConfigurations.updated(definition, request.runConfigurationUpdate());
        }
        ApplicationConfigurationUpdate update = request.applicationConfigurationUpdate();
        if (update != null) {
            definition = updated(definition, update);
        }
        return LoggingOptions.update(definition, request.cloudWatchLoggingOptionUpdates());
    }

    private static Definition updated(Definition before, ApplicationConfigurationUpdate update) {
        refuse(
                !update.vpcConfigurationUpdates().isEmpty(),
                update.environmentPropertyUpdates() != null
                        && !update.environmentPropertyUpdates().propertyGroups().isEmpty(),
                update.zeppelinApplicationConfigurationUpdate() != null,
                update.applicationEncryptionConfigurationUpdate() != null);
        Definition definition = CodeConfiguration.updated(before, update.applicationCodeConfigurationUpdate());
        var sql = update.sqlApplicationConfigurationUpdate();
        if (sql != null) {
            definition = SqlConfiguration.updateInputs(definition, sql.inputUpdates());
            definition = SqlConfiguration.updateOutputs(definition, sql.outputUpdates());
            definition = SqlConfiguration.updateReferences(definition, sql.referenceDataSourceUpdates());
        }
        if (definition.isSql()) {
            requireNoFlink(
                    update.flinkApplicationConfigurationUpdate(),
                    update.applicationSnapshotConfigurationUpdate(),
                    update.applicationSystemRollbackConfigurationUpdate());
            return definition;
        }
        if (update.flinkApplicationConfigurationUpdate() != null) {
            definition = FlinkConfiguration.with(definition, update.flinkApplicationConfigurationUpdate());
        }
        if (update.applicationSnapshotConfigurationUpdate() != null) {
            definition = withSnapshots(
                    definition, update.applicationSnapshotConfigurationUpdate().snapshotsEnabledUpdate());
        }
        if (update.applicationSystemRollbackConfigurationUpdate() != null) {
            definition = withRollback(
                    definition,
                    update.applicationSystemRollbackConfigurationUpdate().rollbackEnabledUpdate());
        }
        return definition;
    }

    private static Definition sql(Definition definition, ApplicationConfiguration given) {
        requireNoFlink(
                given.flinkApplicationConfiguration(),
                given.applicationSnapshotConfiguration(),
                given.applicationSystemRollbackConfiguration());
        var sql = given.sqlApplicationConfiguration();
        if (sql == null) {
            return definition;
        }
        Definition after = SqlConfiguration.addInputs(definition, sql.inputs(), 1);
        after = SqlConfiguration.addOutputs(after, sql.outputs(), 1);
        return SqlConfiguration.addReferences(after, sql.referenceDataSources(), 1);
    }

    private static Definition flink(Definition definition, ApplicationConfiguration given) {
        if (given.sqlApplicationConfiguration() != null) {
            throw AnalyticsErrors.invalidArgument("SqlApplicationConfiguration belongs to SQL applications only.");
        }
        Definition after = FlinkConfiguration.withDefaults(definition);
        after = FlinkConfiguration.with(after, given.flinkApplicationConfiguration());
        if (given.applicationSnapshotConfiguration() != null) {
            after = withSnapshots(after, given.applicationSnapshotConfiguration().snapshotsEnabled());
        }
        if (given.applicationSystemRollbackConfiguration() != null) {
            after = withRollback(
                    after, given.applicationSystemRollbackConfiguration().rollbackEnabled());
        }
        return after;
    }

    private static Definition withSnapshots(Definition definition, boolean enabled) {
        return definition.with(definition.configuration().toBuilder()
                .applicationSnapshotConfigurationDescription(snapshots -> snapshots.snapshotsEnabled(enabled))
                .build());
    }

    private static Definition withRollback(Definition definition, boolean enabled) {
        return definition.with(definition.configuration().toBuilder()
                .applicationSystemRollbackConfigurationDescription(rollback -> rollback.rollbackEnabled(enabled))
                .build());
    }

    private static String runtime(String runtime) {
        if (!runtime.equals(Definition.SQL) && !runtime.startsWith(FLINK)) {
            throw AnalyticsErrors.notSupported("RuntimeEnvironment " + runtime + " (a notebook)");
        }
        return runtime;
    }

    private static void refuse(boolean vpc, boolean properties, boolean notebook, boolean encryption) {
        if (vpc) {
            throw AnalyticsErrors.notSupported("VpcConfiguration");
        }
        if (properties) {
            throw AnalyticsErrors.notSupported("EnvironmentProperties, which SQL given as text could not read,");
        }
        if (notebook) {
            throw AnalyticsErrors.notSupported("ZeppelinApplicationConfiguration");
        }
        if (encryption) {
            throw AnalyticsErrors.notSupported("ApplicationEncryptionConfiguration");
        }
    }

    private static void requireNoFlink(
            @Nullable Object flink, @Nullable Object snapshots, @Nullable Object rollback) {
        if (flink != null) {
            throw AnalyticsErrors.invalidArgument("FlinkApplicationConfiguration belongs to Flink applications only.");
        }
        if (snapshots != null) {
            throw AnalyticsErrors.invalidArgument(
                    "ApplicationSnapshotConfiguration belongs to Flink applications only.");
        }
        if (rollback != null) {
            throw AnalyticsErrors.invalidArgument(
                    "ApplicationSystemRollbackConfiguration belongs to Flink applications only.");
        }
    }
}
