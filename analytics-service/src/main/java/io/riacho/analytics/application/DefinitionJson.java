package io.riacho.analytics.application;

import io.riacho.analytics.error.AnalyticsErrors;
import io.riacho.protocol.WireFormat;
import io.riacho.protocol.shape.ShapeReader;
import io.riacho.protocol.shape.ShapeWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationConfigurationDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationDetail;
import tools.jackson.core.JacksonException;

/** Definitions as text, in the words of the API. */
final class DefinitionJson {

    private static final int MOST_BYTES = 1 << 20;

    private static final ShapeWriter WRITER = new ShapeWriter();
    private static final ShapeReader READER = new ShapeReader();

    private DefinitionJson() {}

    /** @throws io.riacho.protocol.AwsException InvalidArgumentException where it is too large, or has half characters */
    static String write(Definition definition) {
        ApplicationDetail detail = ApplicationDetail.builder()
                .runtimeEnvironment(definition.runtime())
                .applicationDescription(definition.description())
                .serviceExecutionRole(definition.role())
                .applicationConfigurationDescription(definition.configuration())
                .cloudWatchLoggingOptionDescriptions(definition.logging())
                .applicationVersionCreateTimestamp(definition.createdAt())
                .applicationVersionUpdatedFrom(definition.updatedFrom())
                .applicationVersionRolledBackFrom(definition.rolledBackFrom())
                .applicationVersionRolledBackTo(definition.rolledBackTo())
                .build();
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try {
            WRITER.write(detail, WireFormat.JSON, json);
        } catch (JacksonException e) {
            throw AnalyticsErrors.invalidArgument("The application has text that is not Unicode.");
        }
        if (json.size() > MOST_BYTES) {
            throw AnalyticsErrors.invalidArgument("The application is larger than 1 MiB, written as JSON.");
        }
        return json.toString(StandardCharsets.UTF_8);
    }

    static Definition read(String text) {
        byte[] json = text.getBytes(StandardCharsets.UTF_8);
        ApplicationDetail detail = READER.read(ApplicationDetail.class, WireFormat.JSON, json, 0, json.length);
        ApplicationConfigurationDescription configuration = detail.applicationConfigurationDescription();
        return new Definition(
                detail.runtimeEnvironmentAsString(),
                detail.applicationDescription(),
                detail.serviceExecutionRole(),
                configuration == null
                        ? ApplicationConfigurationDescription.builder().build()
                        : configuration,
                detail.cloudWatchLoggingOptionDescriptions(),
                Objects.requireNonNull(detail.applicationVersionCreateTimestamp(), "a version has a time"),
                detail.applicationVersionUpdatedFrom(),
                detail.applicationVersionRolledBackFrom(),
                detail.applicationVersionRolledBackTo());
    }
}
