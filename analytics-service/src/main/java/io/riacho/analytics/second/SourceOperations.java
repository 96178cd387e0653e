package io.riacho.analytics.second;

import io.riacho.analytics.application.Api;
import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Applications;
import io.riacho.analytics.application.SqlConfiguration;
import java.util.List;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.AddApplicationInputProcessingConfigurationRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.AddApplicationInputProcessingConfigurationResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.AddApplicationInputRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.AddApplicationInputResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.AddApplicationOutputRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.AddApplicationOutputResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.AddApplicationReferenceDataSourceRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.AddApplicationReferenceDataSourceResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DeleteApplicationInputProcessingConfigurationRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DeleteApplicationInputProcessingConfigurationResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DeleteApplicationOutputRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DeleteApplicationOutputResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DeleteApplicationReferenceDataSourceRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DeleteApplicationReferenceDataSourceResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.InputDescription;

/** What SQL applications read and write: inputs, reference data and outputs. */
public final class SourceOperations {

    private final Applications applications;

    public SourceOperations(Applications applications) {
        this.applications = applications;
    }

    public AddApplicationInputResponse addApplicationInput(AddApplicationInputRequest request) {
        Application after = applications.redefine(
                request.applicationName(),
                Api.SECOND,
                new Applications.Expected(request.currentApplicationVersionId(), null),
                "AddApplicationInput",
                (definition, next) -> SqlConfiguration.addInputs(definition, List.of(request.input()), next));
        return AddApplicationInputResponse.builder()
                .applicationARN(after.arn())
                .applicationVersionId(after.version())
                .inputDescriptions(after.definition().inputs())
                .build();
    }

    public AddApplicationInputProcessingConfigurationResponse addApplicationInputProcessingConfiguration(AddApplicationInputProcessingConfigurationRequest request) {
        Application after = applications.redefine(
                request.applicationName(),
                Api.SECOND,
                new Applications.Expected(request.currentApplicationVersionId(), null),
                "AddApplicationInputProcessingConfiguration",
                (definition, next) -> SqlConfiguration.addProcessing(
                        definition, request.inputId(), request.inputProcessingConfiguration()));
        return AddApplicationInputProcessingConfigurationResponse.builder()
                .applicationARN(after.arn())
                .applicationVersionId(after.version())
                .inputId(request.inputId())
                .inputProcessingConfigurationDescription(after.definition().inputs().stream()
                        .filter(input -> request.inputId().equals(input.inputId()))
                        .map(InputDescription::inputProcessingConfigurationDescription)
                        .findFirst()
                        .orElse(null))
                .build();
    }

    public DeleteApplicationInputProcessingConfigurationResponse deleteApplicationInputProcessingConfiguration(DeleteApplicationInputProcessingConfigurationRequest request) {
        Application after = applications.redefine(
                request.applicationName(),
                Api.SECOND,
                new Applications.Expected(request.currentApplicationVersionId(), null),
                "DeleteApplicationInputProcessingConfiguration",
                (definition, next) -> SqlConfiguration.deleteProcessing(definition, request.inputId()));
        return DeleteApplicationInputProcessingConfigurationResponse.builder()
                .applicationARN(after.arn())
                .applicationVersionId(after.version())
                .build();
    }

    public AddApplicationReferenceDataSourceResponse addApplicationReferenceDataSource(AddApplicationReferenceDataSourceRequest request) {
        Application after = applications.redefine(
                request.applicationName(),
                Api.SECOND,
                new Applications.Expected(request.currentApplicationVersionId(), null),
                "AddApplicationReferenceDataSource",
                (definition, next) -> SqlConfiguration.addReferences(
                        definition, List.of(request.referenceDataSource()), next));
        return AddApplicationReferenceDataSourceResponse.builder()
                .applicationARN(after.arn())
                .applicationVersionId(after.version())
                .referenceDataSourceDescriptions(after.definition().references())
                .build();
    }

    public DeleteApplicationReferenceDataSourceResponse deleteApplicationReferenceDataSource(DeleteApplicationReferenceDataSourceRequest request) {
        Application after = applications.redefine(
                request.applicationName(),
                Api.SECOND,
                new Applications.Expected(request.currentApplicationVersionId(), null),
                "DeleteApplicationReferenceDataSource",
                (definition, next) -> SqlConfiguration.deleteReference(definition, request.referenceId()));
        return DeleteApplicationReferenceDataSourceResponse.builder()
                .applicationARN(after.arn())
                .applicationVersionId(after.version())
                .build();
    }

    public AddApplicationOutputResponse addApplicationOutput(AddApplicationOutputRequest request) {
        Application after = applications.redefine(
                request.applicationName(),
                Api.SECOND,
                new Applications.Expected(request.currentApplicationVersionId(), null),
                "AddApplicationOutput",
                (definition, next) -> SqlConfiguration.addOutputs(definition, List.of(request.output()), next));
        return AddApplicationOutputResponse.builder()
                .applicationARN(after.arn())
                .applicationVersionId(after.version())
                .outputDescriptions(after.definition().outputs())
                .build();
    }

    public DeleteApplicationOutputResponse deleteApplicationOutput(DeleteApplicationOutputRequest request) {
        Application after = applications.redefine(
                request.applicationName(),
                Api.SECOND,
                new Applications.Expected(request.currentApplicationVersionId(), null),
                "DeleteApplicationOutput",
                (definition, next) -> SqlConfiguration.deleteOutput(definition, request.outputId()));
        return DeleteApplicationOutputResponse.builder()
                .applicationARN(after.arn())
                .applicationVersionId(after.version())
                .build();
    }

}
