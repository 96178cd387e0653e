package io.riacho.analytics.second;

import io.riacho.analytics.application.Api;
import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Applications;
import io.riacho.analytics.application.Tags;
import io.riacho.analytics.run.Starts;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationStatus;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.CreateApplicationRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.CreateApplicationResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DeleteApplicationRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DeleteApplicationResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DescribeApplicationRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DescribeApplicationResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ListApplicationsRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ListApplicationsResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RollbackApplicationRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RollbackApplicationResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.StartApplicationRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.StartApplicationResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.StopApplicationRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.StopApplicationResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.UpdateApplicationRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.UpdateApplicationResponse;

/** Makes, describes, lists, changes and deletes applications. */
public final class ApplicationOperations {

    private static final int PAGE = 50;

    private final Applications applications;
    private final Starts starts;

    public ApplicationOperations(Applications applications, Starts starts) {
        this.applications = applications;
        this.starts = starts;
    }

    public CreateApplicationResponse createApplication(CreateApplicationRequest request) {
        Instant now = applications.now();
        String name = request.applicationName();
        Application created = applications.create(new Application(
                UUID.randomUUID(),
                name,
                applications.naming().arnOf(name),
                Api.SECOND,
                ApplicationStatus.READY,
                1,
                now,
                now,
                Configurations.requested(request, now),
                Tags.of(request.tags()),
                null,
                null,
                null,
                null));
        return CreateApplicationResponse.builder()
                .applicationDetail(Details.of(created))
                .build();
    }

    /** The additional details would be the plan of a Flink job, which is not told. */
    public DescribeApplicationResponse describeApplication(DescribeApplicationRequest request) {
        return DescribeApplicationResponse.builder()
                .applicationDetail(Details.of(applications.get(request.applicationName())))
                .build();
    }

    public ListApplicationsResponse listApplications(ListApplicationsRequest request) {
        int limit = request.limit() == null ? PAGE : request.limit();
        String behind = request.nextToken();
        List<Application> found = applications.all().stream()
                .filter(application -> behind == null || application.name().compareTo(behind) > 0)
                .limit(limit + 1L)
                .toList();
        boolean more = found.size() > limit;
        List<Application> page = more ? found.subList(0, limit) : found;
        return ListApplicationsResponse.builder()
                .applicationSummaries(page.stream().map(Details::summary).toList())
                .nextToken(more ? page.get(limit - 1).name() : null)
                .build();
    }

    public UpdateApplicationResponse updateApplication(UpdateApplicationRequest request) {
        Application updated = applications.redefine(
                request.applicationName(),
                Api.SECOND,
                new Applications.Expected(request.currentApplicationVersionId(), request.conditionalToken()),
                "UpdateApplication",
                (definition, next) -> Configurations.updated(definition, request, next));
        return UpdateApplicationResponse.builder()
                .applicationDetail(Details.of(updated))
                .operationId(updated.operationId())
                .build();
    }

    public RollbackApplicationResponse rollbackApplication(RollbackApplicationRequest request) {
        Application back = applications.rollBack(
                request.applicationName(),
                new Applications.Expected(request.currentApplicationVersionId(), null),
                "RollbackApplication");
        return RollbackApplicationResponse.builder()
                .applicationDetail(Details.of(back))
                .operationId(back.operationId())
                .build();
    }

    public StartApplicationResponse startApplication(StartApplicationRequest request) {
        return StartApplicationResponse.builder()
                .operationId(starts.start(
                        request.applicationName(),
                        Api.SECOND,
                        RunConfigurations.requested(request.runConfiguration())))
                .build();
    }

    public StopApplicationResponse stopApplication(StopApplicationRequest request) {
        return StopApplicationResponse.builder()
                .operationId(starts.stop(
                        request.applicationName(), Api.SECOND, Boolean.TRUE.equals(request.force())))
                .build();
    }

    public DeleteApplicationResponse deleteApplication(DeleteApplicationRequest request) {
        starts.delete(request.applicationName(), Api.SECOND, request.createTimestamp());
        return DeleteApplicationResponse.builder().build();
    }
}
