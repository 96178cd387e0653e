package io.riacho.analytics.first;

import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Definition;
import io.riacho.analytics.application.Shapes;
import java.util.List;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.kinesisanalytics.model.ApplicationDetail;
import software.amazon.awssdk.services.kinesisanalytics.model.ApplicationSummary;
import software.amazon.awssdk.services.kinesisanalytics.model.CloudWatchLoggingOptionDescription;
import software.amazon.awssdk.services.kinesisanalytics.model.InputDescription;
import software.amazon.awssdk.services.kinesisanalytics.model.OutputDescription;
import software.amazon.awssdk.services.kinesisanalytics.model.ReferenceDataSourceDescription;

/** Applications as the first API describes them. */
final class Details {

    private Details() {}

    static ApplicationDetail of(Application application) {
        Definition definition = application.definition();
        ApplicationDetail.Builder detail = ApplicationDetail.builder()
                .applicationName(application.name())
                .applicationDescription(definition.description())
                .applicationARN(application.arn())
                .applicationStatus(application.status().toString())
                .createTimestamp(application.createdAt())
                .lastUpdateTimestamp(application.updatedAt())
                .applicationVersionId(application.version());
        if (!definition.code().isEmpty()) {
            detail.applicationCode(definition.code());
        }
        if (!definition.inputs().isEmpty()) {
            detail.inputDescriptions(all(definition.inputs(), InputDescription.class));
        }
        if (!definition.outputs().isEmpty()) {
            detail.outputDescriptions(all(definition.outputs(), OutputDescription.class));
        }
        if (!definition.references().isEmpty()) {
            detail.referenceDataSourceDescriptions(
                    all(definition.references(), ReferenceDataSourceDescription.class));
        }
        if (!definition.logging().isEmpty()) {
            detail.cloudWatchLoggingOptionDescriptions(
                    all(definition.logging(), CloudWatchLoggingOptionDescription.class));
        }
        return detail.build();
    }

    static ApplicationSummary summary(Application application) {
        return ApplicationSummary.builder()
                .applicationName(application.name())
                .applicationARN(application.arn())
                .applicationStatus(application.status().toString())
                .build();
    }

    private static <T extends SdkPojo> List<T> all(List<? extends SdkPojo> from, Class<T> to) {
        return Shapes.all(from, to);
    }
}
