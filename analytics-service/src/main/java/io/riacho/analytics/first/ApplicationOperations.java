package io.riacho.analytics.first;

import io.riacho.analytics.application.Api;
import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Applications;
import io.riacho.analytics.application.CodeConfiguration;
import io.riacho.analytics.application.Definition;
import io.riacho.analytics.application.LoggingOptions;
import io.riacho.analytics.application.SqlConfiguration;
import io.riacho.analytics.application.Tags;
import io.riacho.analytics.error.AnalyticsErrors;
import io.riacho.analytics.run.Starts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.kinesisanalytics.model.ApplicationUpdate;
import software.amazon.awssdk.services.kinesisanalytics.model.CreateApplicationRequest;
import software.amazon.awssdk.services.kinesisanalytics.model.CreateApplicationResponse;
import software.amazon.awssdk.services.kinesisanalytics.model.DeleteApplicationRequest;
import software.amazon.awssdk.services.kinesisanalytics.model.DeleteApplicationResponse;
import software.amazon.awssdk.services.kinesisanalytics.model.DescribeApplicationRequest;
import software.amazon.awssdk.services.kinesisanalytics.model.DescribeApplicationResponse;
import software.amazon.awssdk.services.kinesisanalytics.model.InputConfiguration;
import software.amazon.awssdk.services.kinesisanalytics.model.ListApplicationsRequest;
import software.amazon.awssdk.services.kinesisanalytics.model.ListApplicationsResponse;
import software.amazon.awssdk.services.kinesisanalytics.model.StartApplicationRequest;
import software.amazon.awssdk.services.kinesisanalytics.model.StartApplicationResponse;
import software.amazon.awssdk.services.kinesisanalytics.model.StopApplicationRequest;
import software.amazon.awssdk.services.kinesisanalytics.model.StopApplicationResponse;
import software.amazon.awssdk.services.kinesisanalytics.model.UpdateApplicationRequest;
import software.amazon.awssdk.services.kinesisanalytics.model.UpdateApplicationResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationConfigurationDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationStatus;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.InputStartingPosition;

/** Makes, describes, lists, changes, starts, stops and deletes applications. */
public final class ApplicationOperations {

    private static final int PAGE = 50;

    private final Applications applications;
    private final Starts starts;

    public ApplicationOperations(Applications applications, Starts starts) {
        this.applications = applications;
        this.starts = starts;
    }

    /** The code may be wrong; that is seen once the application is started. */
    public CreateApplicationResponse createApplication(CreateApplicationRequest request) {
        Instant now = applications.now();
        String name = request.applicationName();
        Definition definition = new Definition(
                Definition.SQL,
                request.applicationDescription(),
                null,
                ApplicationConfigurationDescription.builder().build(),
                List.of(),
                now,
                null,
                null,
                null);
        definition = SqlConfiguration.addInputs(definition, request.inputs(), 1);
        definition = SqlConfiguration.addOutputs(definition, request.outputs(), 1);
        definition = CodeConfiguration.with(
                definition, request.applicationCode() == null ? "" : request.applicationCode());
        definition = LoggingOptions.add(definition, request.cloudWatchLoggingOptions(), 1);
        Application created = applications.create(new Application(
                UUID.randomUUID(),
                name,
                applications.naming().arnOf(name),
                Api.FIRST,
                ApplicationStatus.READY,
                1,
                now,
                now,
                definition,
                Tags.of(request.tags()),
                null,
                null,
                null,
                null));
        return CreateApplicationResponse.builder()
                .applicationSummary(Details.summary(created))
                .build();
    }

    public DescribeApplicationResponse describeApplication(DescribeApplicationRequest request) {
        Application application = applications.get(request.applicationName());
        Applications.requireApi(application, Api.FIRST);
        return DescribeApplicationResponse.builder()
                .applicationDetail(Details.of(application))
                .build();
    }

    /** Those of the second API are among them, as with AWS. */
    public ListApplicationsResponse listApplications(ListApplicationsRequest request) {
        int limit = request.limit() == null ? PAGE : request.limit();
        String behind = request.exclusiveStartApplicationName();
        List<Application> found = applications.all().stream()
                .filter(application -> behind == null || application.name().compareTo(behind) > 0)
                .limit(limit + 1L)
                .toList();
        return ListApplicationsResponse.builder()
                .applicationSummaries(
                        found.stream().limit(limit).map(Details::summary).toList())
                .hasMoreApplications(found.size() > limit)
                .build();
    }

    public UpdateApplicationResponse updateApplication(UpdateApplicationRequest request) {
        ApplicationUpdate update = request.applicationUpdate();
        Application unused = applications.redefine(
                request.applicationName(),
                Api.FIRST,
                new Applications.Expected(request.currentApplicationVersionId(), null),
                "UpdateApplication",
                (definition, next) -> updated(definition, update));
        return UpdateApplicationResponse.builder().build();
    }

    public StartApplicationResponse startApplication(StartApplicationRequest request) {
        Map<String, InputStartingPosition> positions = new HashMap<>();
        for (InputConfiguration input : request.inputConfigurations()) {
            String position = input.inputStartingPositionConfiguration().inputStartingPositionAsString();
            InputStartingPosition asked =
                    position == null ? InputStartingPosition.NOW : InputStartingPosition.fromValue(position);
            if (positions.put(input.id(), asked) != null) {
                throw AnalyticsErrors.invalidArgument("Input " + input.id() + " is configured twice.");
            }
        }
        String unused =
                starts.start(request.applicationName(), Api.FIRST, new Starts.Request(positions, null, null));
        return StartApplicationResponse.builder().build();
    }

    public StopApplicationResponse stopApplication(StopApplicationRequest request) {
        String unused = starts.stop(request.applicationName(), Api.FIRST, false);
        return StopApplicationResponse.builder().build();
    }

    public DeleteApplicationResponse deleteApplication(DeleteApplicationRequest request) {
        starts.delete(request.applicationName(), Api.FIRST, request.createTimestamp());
        return DeleteApplicationResponse.builder().build();
    }

    private static Definition updated(Definition before, ApplicationUpdate update) {
        Definition definition = before;
        if (update.applicationCodeUpdate() != null) {
            definition = CodeConfiguration.with(definition, update.applicationCodeUpdate());
        }
        definition = SqlConfiguration.updateInputs(definition, update.inputUpdates());
        definition = SqlConfiguration.updateOutputs(definition, update.outputUpdates());
        definition = SqlConfiguration.updateReferences(definition, update.referenceDataSourceUpdates());
        return LoggingOptions.update(definition, update.cloudWatchLoggingOptionUpdates());
    }
}
