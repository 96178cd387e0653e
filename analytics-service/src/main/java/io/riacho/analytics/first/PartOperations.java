package io.riacho.analytics.first;

import io.riacho.analytics.application.Api;
import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Applications;
import io.riacho.analytics.application.LoggingOptions;
import io.riacho.analytics.application.SqlConfiguration;
import java.util.List;
import software.amazon.awssdk.services.kinesisanalytics.model.AddApplicationCloudWatchLoggingOptionRequest;
import software.amazon.awssdk.services.kinesisanalytics.model.AddApplicationCloudWatchLoggingOptionResponse;
import software.amazon.awssdk.services.kinesisanalytics.model.AddApplicationInputProcessingConfigurationRequest;
import software.amazon.awssdk.services.kinesisanalytics.model.AddApplicationInputProcessingConfigurationResponse;
import software.amazon.awssdk.services.kinesisanalytics.model.AddApplicationInputRequest;
import software.amazon.awssdk.services.kinesisanalytics.model.AddApplicationInputResponse;
import software.amazon.awssdk.services.kinesisanalytics.model.AddApplicationOutputRequest;
import software.amazon.awssdk.services.kinesisanalytics.model.AddApplicationOutputResponse;
import software.amazon.awssdk.services.kinesisanalytics.model.AddApplicationReferenceDataSourceRequest;
import software.amazon.awssdk.services.kinesisanalytics.model.AddApplicationReferenceDataSourceResponse;
import software.amazon.awssdk.services.kinesisanalytics.model.DeleteApplicationCloudWatchLoggingOptionRequest;
import software.amazon.awssdk.services.kinesisanalytics.model.DeleteApplicationCloudWatchLoggingOptionResponse;
import software.amazon.awssdk.services.kinesisanalytics.model.DeleteApplicationInputProcessingConfigurationRequest;
import software.amazon.awssdk.services.kinesisanalytics.model.DeleteApplicationInputProcessingConfigurationResponse;
import software.amazon.awssdk.services.kinesisanalytics.model.DeleteApplicationOutputRequest;
import software.amazon.awssdk.services.kinesisanalytics.model.DeleteApplicationOutputResponse;
import software.amazon.awssdk.services.kinesisanalytics.model.DeleteApplicationReferenceDataSourceRequest;
import software.amazon.awssdk.services.kinesisanalytics.model.DeleteApplicationReferenceDataSourceResponse;

/** Adds to applications and takes from them: inputs, reference data, outputs, and where the log goes. */
public final class PartOperations {

    private final Applications applications;

    public PartOperations(Applications applications) {
        this.applications = applications;
    }

    public AddApplicationInputResponse addApplicationInput(
            AddApplicationInputRequest request) {
        Application unused = applications.redefine(
                request.applicationName(),
                Api.FIRST,
                new Applications.Expected(request.currentApplicationVersionId(), null),
                "AddApplicationInput",
                (definition, next) -> SqlConfiguration.addInputs(definition, List.of(request.input()), next));
        return AddApplicationInputResponse.builder().build();
    }

    public AddApplicationInputProcessingConfigurationResponse addApplicationInputProcessingConfiguration(
            AddApplicationInputProcessingConfigurationRequest request) {
        Application unused = applications.redefine(
                request.applicationName(),
                Api.FIRST,
                new Applications.Expected(request.currentApplicationVersionId(), null),
                "AddApplicationInputProcessingConfiguration",
                (definition, next) -> SqlConfiguration.addProcessing(definition, request.inputId(), request.inputProcessingConfiguration()));
        return AddApplicationInputProcessingConfigurationResponse.builder().build();
    }

    public DeleteApplicationInputProcessingConfigurationResponse deleteApplicationInputProcessingConfiguration(
            DeleteApplicationInputProcessingConfigurationRequest request) {
        Application unused = applications.redefine(
                request.applicationName(),
                Api.FIRST,
                new Applications.Expected(request.currentApplicationVersionId(), null),
                "DeleteApplicationInputProcessingConfiguration",
                (definition, next) -> SqlConfiguration.deleteProcessing(definition, request.inputId()));
        return DeleteApplicationInputProcessingConfigurationResponse.builder().build();
    }

    public AddApplicationReferenceDataSourceResponse addApplicationReferenceDataSource(
            AddApplicationReferenceDataSourceRequest request) {
        Application unused = applications.redefine(
                request.applicationName(),
                Api.FIRST,
                new Applications.Expected(request.currentApplicationVersionId(), null),
                "AddApplicationReferenceDataSource",
                (definition, next) -> SqlConfiguration.addReferences(definition, List.of(request.referenceDataSource()), next));
        return AddApplicationReferenceDataSourceResponse.builder().build();
    }

    public DeleteApplicationReferenceDataSourceResponse deleteApplicationReferenceDataSource(
            DeleteApplicationReferenceDataSourceRequest request) {
        Application unused = applications.redefine(
                request.applicationName(),
                Api.FIRST,
                new Applications.Expected(request.currentApplicationVersionId(), null),
                "DeleteApplicationReferenceDataSource",
                (definition, next) -> SqlConfiguration.deleteReference(definition, request.referenceId()));
        return DeleteApplicationReferenceDataSourceResponse.builder().build();
    }

    public AddApplicationOutputResponse addApplicationOutput(
            AddApplicationOutputRequest request) {
        Application unused = applications.redefine(
                request.applicationName(),
                Api.FIRST,
                new Applications.Expected(request.currentApplicationVersionId(), null),
                "AddApplicationOutput",
                (definition, next) -> SqlConfiguration.addOutputs(definition, List.of(request.output()), next));
        return AddApplicationOutputResponse.builder().build();
    }

    public DeleteApplicationOutputResponse deleteApplicationOutput(
            DeleteApplicationOutputRequest request) {
        Application unused = applications.redefine(
                request.applicationName(),
                Api.FIRST,
                new Applications.Expected(request.currentApplicationVersionId(), null),
                "DeleteApplicationOutput",
                (definition, next) -> SqlConfiguration.deleteOutput(definition, request.outputId()));
        return DeleteApplicationOutputResponse.builder().build();
    }

    public AddApplicationCloudWatchLoggingOptionResponse addApplicationCloudWatchLoggingOption(
            AddApplicationCloudWatchLoggingOptionRequest request) {
        Application unused = applications.redefine(
                request.applicationName(),
                Api.FIRST,
                new Applications.Expected(request.currentApplicationVersionId(), null),
                "AddApplicationCloudWatchLoggingOption",
                (definition, next) -> LoggingOptions.add(definition, List.of(request.cloudWatchLoggingOption()), next));
        return AddApplicationCloudWatchLoggingOptionResponse.builder().build();
    }

    public DeleteApplicationCloudWatchLoggingOptionResponse deleteApplicationCloudWatchLoggingOption(
            DeleteApplicationCloudWatchLoggingOptionRequest request) {
        Application unused = applications.redefine(
                request.applicationName(),
                Api.FIRST,
                new Applications.Expected(request.currentApplicationVersionId(), null),
                "DeleteApplicationCloudWatchLoggingOption",
                (definition, next) -> LoggingOptions.delete(definition, request.cloudWatchLoggingOptionId()));
        return DeleteApplicationCloudWatchLoggingOptionResponse.builder().build();
    }

}
