package io.riacho.analytics.second;

import io.riacho.analytics.application.Definition;
import io.riacho.analytics.error.AnalyticsErrors;
import io.riacho.analytics.run.Starts;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.InputStartingPosition;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RunConfiguration;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RunConfigurationDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RunConfigurationUpdate;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.SqlRunConfiguration;

/** How applications are to run, as the second API says it. */
final class RunConfigurations {

    private RunConfigurations() {}

    static Starts.Request requested(@Nullable RunConfiguration given) {
        if (given == null) {
            return new Starts.Request(Map.of(), null, null);
        }
        Map<String, InputStartingPosition> positions = new HashMap<>();
        for (SqlRunConfiguration input : given.sqlRunConfigurations()) {
            InputStartingPosition position =
                    input.inputStartingPositionConfiguration().inputStartingPosition();
            if (position != null && positions.put(input.inputId(), position) != null) {
                throw AnalyticsErrors.invalidArgument("Input " + input.inputId() + " is configured twice.");
            }
        }
        return new Starts.Request(
                positions,
                given.applicationRestoreConfiguration(),
                given.flinkRunConfiguration() == null
                        ? null
                        : given.flinkRunConfiguration().allowNonRestoredState());
    }

    static Definition updated(Definition definition, RunConfigurationUpdate update) {
        if (definition.isSql()) {
            throw AnalyticsErrors.invalidArgument("RunConfigurationUpdate belongs to Flink applications only.");
        }
        RunConfigurationDescription known = definition.configuration().runConfigurationDescription();
        RunConfigurationDescription.Builder after =
                known == null ? RunConfigurationDescription.builder() : known.toBuilder();
        if (update.applicationRestoreConfiguration() != null) {
            after.applicationRestoreConfigurationDescription(update.applicationRestoreConfiguration());
        }
        if (update.flinkRunConfiguration() != null) {
            after.flinkRunConfigurationDescription(update.flinkRunConfiguration());
        }
        return definition.with(definition.configuration().toBuilder()
                .runConfigurationDescription(after.build())
                .build());
    }
}
