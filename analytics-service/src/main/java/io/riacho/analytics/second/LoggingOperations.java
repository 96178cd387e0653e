package io.riacho.analytics.second;

import io.riacho.analytics.application.Api;
import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Applications;
import io.riacho.analytics.application.LoggingOptions;
import java.util.List;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.AddApplicationCloudWatchLoggingOptionRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.AddApplicationCloudWatchLoggingOptionResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DeleteApplicationCloudWatchLoggingOptionRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DeleteApplicationCloudWatchLoggingOptionResponse;

/** Where an application's log goes. */
public final class LoggingOperations {

    private final Applications applications;

    public LoggingOperations(Applications applications) {
        this.applications = applications;
    }

    public AddApplicationCloudWatchLoggingOptionResponse addApplicationCloudWatchLoggingOption(AddApplicationCloudWatchLoggingOptionRequest request) {
        Application after = applications.redefine(
                request.applicationName(),
                Api.SECOND,
                new Applications.Expected(request.currentApplicationVersionId(), request.conditionalToken()),
                "AddApplicationCloudWatchLoggingOption",
                (definition, next) -> LoggingOptions.add(definition, List.of(request.cloudWatchLoggingOption()), next));
        return AddApplicationCloudWatchLoggingOptionResponse.builder()
                .applicationARN(after.arn())
                .applicationVersionId(after.version())
                .cloudWatchLoggingOptionDescriptions(after.definition().logging())
                .operationId(after.operationId())
                .build();
    }

    public DeleteApplicationCloudWatchLoggingOptionResponse deleteApplicationCloudWatchLoggingOption(DeleteApplicationCloudWatchLoggingOptionRequest request) {
        Application after = applications.redefine(
                request.applicationName(),
                Api.SECOND,
                new Applications.Expected(request.currentApplicationVersionId(), request.conditionalToken()),
                "DeleteApplicationCloudWatchLoggingOption",
                (definition, next) -> LoggingOptions.delete(definition, request.cloudWatchLoggingOptionId()));
        return DeleteApplicationCloudWatchLoggingOptionResponse.builder()
                .applicationARN(after.arn())
                .applicationVersionId(after.version())
                .cloudWatchLoggingOptionDescriptions(after.definition().logging())
                .operationId(after.operationId())
                .build();
    }

}
