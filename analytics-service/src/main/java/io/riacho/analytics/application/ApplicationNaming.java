package io.riacho.analytics.application;

import io.riacho.analytics.error.AnalyticsErrors;
import io.riacho.protocol.Arn;

/** What applications are called in ARNs. */
public record ApplicationNaming(String accountId, String region) {

    private static final String RESOURCE = "application/";

    public String arnOf(String name) {
        return new Arn("aws", "kinesisanalytics", region, accountId, RESOURCE + name).toString();
    }

    /** @throws io.riacho.protocol.AwsException where it is no ARN of an application of this account and region */
    public String nameIn(String arn) {
        String name = Arn.parse(arn)
                .filter(parsed -> parsed.resource().startsWith(RESOURCE))
                .map(parsed -> parsed.resource().substring(RESOURCE.length()))
                .orElseThrow(() -> AnalyticsErrors.invalidArgument(arn + " is no ARN of an application."));
        if (!arnOf(name).equals(arn)) {
            throw AnalyticsErrors.resourceNotFound("Resource " + arn + " not found.");
        }
        return name;
    }
}
