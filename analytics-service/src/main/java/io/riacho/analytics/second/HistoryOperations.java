package io.riacho.analytics.second;

import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Applications;
import io.riacho.analytics.application.Definition;
import io.riacho.analytics.application.OperationStore;
import io.riacho.analytics.error.AnalyticsErrors;
import java.util.List;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationOperationInfo;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationOperationInfoDetails;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationStatus;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationVersionSummary;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DescribeApplicationOperationRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DescribeApplicationOperationResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DescribeApplicationVersionRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DescribeApplicationVersionResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ListApplicationOperationsRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ListApplicationOperationsResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ListApplicationVersionsRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ListApplicationVersionsResponse;

/** What applications were, and what was asked of them. */
public final class HistoryOperations {

    private static final int PAGE = 50;

    private final Applications applications;

    public HistoryOperations(Applications applications) {
        this.applications = applications;
    }

    public ListApplicationVersionsResponse listApplicationVersions(ListApplicationVersionsRequest request) {
        Application application = applications.get(request.applicationName());
        int limit = request.limit() == null ? PAGE : request.limit();
        long before = request.nextToken() == null ? Long.MAX_VALUE : Offsets.of(request.nextToken());
        List<Long> found = applications.versions(application.id(), before, limit + 1);
        boolean more = found.size() > limit;
        List<Long> page = more ? found.subList(0, limit) : found;
        return ListApplicationVersionsResponse.builder()
                .applicationVersionSummaries(page.stream()
                        .map(version -> ApplicationVersionSummary.builder()
                                .applicationVersionId(version)
                                .applicationStatus(status(application, version))
                                .build())
                        .toList())
                .nextToken(more ? Long.toString(page.get(limit - 1)) : null)
                .build();
    }

    public DescribeApplicationVersionResponse describeApplicationVersion(DescribeApplicationVersionRequest request) {
        Application application = applications.get(request.applicationName());
        long version = request.applicationVersionId();
        Definition definition = applications
                .definition(application.id(), version)
                .orElseThrow(() -> AnalyticsErrors.resourceNotFound(
                        "Version " + version + " of application " + application.name() + " not found."));
        return DescribeApplicationVersionResponse.builder()
                .applicationVersionDetail(
                        Details.of(application, definition, version, status(application, version)))
                .build();
    }

    public ListApplicationOperationsResponse listApplicationOperations(ListApplicationOperationsRequest request) {
        Application application = applications.get(request.applicationName());
        int limit = request.limit() == null ? PAGE : request.limit();
        int offset = Offsets.of(request.nextToken());
        List<OperationStore.Entry> found = applications
                .operations()
                .list(application.id(), request.operation(), request.operationStatusAsString(), offset, limit + 1);
        return ListApplicationOperationsResponse.builder()
                .applicationOperationInfoList(found.stream()
                        .limit(limit)
                        .map(entry -> ApplicationOperationInfo.builder()
                                .operation(entry.name())
                                .operationId(entry.id())
                                .startTime(entry.startedAt())
                                .endTime(entry.endedAt())
                                .operationStatus(entry.status())
                                .build())
                        .toList())
                .nextToken(Offsets.next(offset, limit, found.size()))
                .build();
    }

    public DescribeApplicationOperationResponse describeApplicationOperation(
            DescribeApplicationOperationRequest request) {
        Application application = applications.get(request.applicationName());
        OperationStore.Entry entry = applications
                .operations()
                .find(application.id(), request.operationId())
                .orElseThrow(() -> AnalyticsErrors.resourceNotFound("Operation " + request.operationId()
                        + " of application " + application.name() + " not found."));
        return DescribeApplicationOperationResponse.builder()
                .applicationOperationInfoDetails(details(entry))
                .build();
    }

    private static ApplicationOperationInfoDetails details(OperationStore.Entry entry) {
        ApplicationOperationInfoDetails.Builder details = ApplicationOperationInfoDetails.builder()
                .operation(entry.name())
                .startTime(entry.startedAt())
                .endTime(entry.endedAt())
                .operationStatus(entry.status());
        if (entry.versionFrom() != null) {
            details.applicationVersionChangeDetails(change -> change.applicationVersionUpdatedFrom(
                            entry.versionFrom())
                    .applicationVersionUpdatedTo(entry.versionTo()));
        }
        if (entry.failure() != null) {
            details.operationFailureDetails(failure -> failure.rollbackOperationId(entry.rollback())
                    .errorInfo(error -> error.errorString(entry.failure())));
        }
        return details.build();
    }

    private static ApplicationStatus status(Application application, long version) {
        return version == application.version() ? application.status() : ApplicationStatus.READY;
    }
}
