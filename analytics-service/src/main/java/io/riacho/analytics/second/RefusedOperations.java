package io.riacho.analytics.second;

import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Applications;
import io.riacho.analytics.error.AnalyticsErrors;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.AddApplicationVpcConfigurationRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.AddApplicationVpcConfigurationResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.CreateApplicationPresignedUrlRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.CreateApplicationPresignedUrlResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DeleteApplicationVpcConfigurationRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.DeleteApplicationVpcConfigurationResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.UpdateApplicationMaintenanceConfigurationRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.UpdateApplicationMaintenanceConfigurationResponse;

/** What this server does not do: it says so of applications that there are. */
public final class RefusedOperations {

    private final Applications applications;

    public RefusedOperations(Applications applications) {
        this.applications = applications;
    }

    public AddApplicationVpcConfigurationResponse addApplicationVpcConfiguration(
            AddApplicationVpcConfigurationRequest request) {
        Application unused = applications.get(request.applicationName());
        throw AnalyticsErrors.notSupported("VpcConfiguration");
    }

    public DeleteApplicationVpcConfigurationResponse deleteApplicationVpcConfiguration(
            DeleteApplicationVpcConfigurationRequest request) {
        Application application = applications.get(request.applicationName());
        throw AnalyticsErrors.resourceNotFound("VPC configuration " + request.vpcConfigurationId() + " of application "
                + application.name() + " not found.");
    }

    /** Flink's own pages know no callers and no permissions, and there are no notebooks. */
    public CreateApplicationPresignedUrlResponse createApplicationPresignedUrl(
            CreateApplicationPresignedUrlRequest request) {
        Application unused = applications.get(request.applicationName());
        throw AnalyticsErrors.notSupported("UrlType " + request.urlTypeAsString());
    }

    /** Nobody maintains an application but who runs the server. */
    public UpdateApplicationMaintenanceConfigurationResponse updateApplicationMaintenanceConfiguration(
            UpdateApplicationMaintenanceConfigurationRequest request) {
        Application unused = applications.get(request.applicationName());
        throw AnalyticsErrors.unsupportedOperation(
                "ApplicationMaintenanceConfiguration is not supported: there is no maintenance by the service.");
    }
}
