package io.riacho.analytics.second;

import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.ConditionalTokens;
import io.riacho.analytics.application.Definition;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationDetail;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationMode;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationStatus;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationSummary;

/** Applications as the second API describes them. */
final class Details {

    private Details() {}

    static ApplicationDetail of(Application application) {
        return of(application, application.definition(), application.version(), application.status())
                .toBuilder()
                .conditionalToken(ConditionalTokens.of(application))
                .build();
    }

    static ApplicationDetail of(
            Application application, Definition definition, long version, ApplicationStatus status) {
        ApplicationDetail.Builder detail = ApplicationDetail.builder()
                .applicationARN(application.arn())
                .applicationDescription(definition.description())
                .applicationName(application.name())
                .runtimeEnvironment(definition.runtime())
                .serviceExecutionRole(definition.role())
                .applicationStatus(status)
                .applicationVersionId(version)
                .createTimestamp(application.createdAt())
                .lastUpdateTimestamp(application.updatedAt())
                .applicationConfigurationDescription(definition.configuration())
                .applicationVersionCreateTimestamp(definition.createdAt())
                .applicationVersionUpdatedFrom(definition.updatedFrom())
                .applicationVersionRolledBackFrom(definition.rolledBackFrom())
                .applicationVersionRolledBackTo(definition.rolledBackTo());
        if (!definition.logging().isEmpty()) {
            detail.cloudWatchLoggingOptionDescriptions(definition.logging());
        }
        if (!definition.isSql()) {
            detail.applicationMode(ApplicationMode.STREAMING);
        }
        return detail.build();
    }

    static ApplicationSummary summary(Application application) {
        return ApplicationSummary.builder()
                .applicationName(application.name())
                .applicationARN(application.arn())
                .applicationStatus(application.status())
                .applicationVersionId(application.version())
                .runtimeEnvironment(application.definition().runtime())
                .applicationMode(application.definition().isSql() ? null : ApplicationMode.STREAMING)
                .build();
    }
}
