package io.riacho.analytics.second;

import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Applications;
import io.riacho.analytics.application.Tags;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.Tag;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.TagResourceRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.TagResourceResponse;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.UntagResourceRequest;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.UntagResourceResponse;

/** Tags of applications. */
public final class TagOperations {

    private final Applications applications;

    public TagOperations(Applications applications) {
        this.applications = applications;
    }

    public TagResourceResponse tagResource(TagResourceRequest request) {
        Application unused = applications.change(
                applications.naming().nameIn(request.resourceARN()),
                now -> now.with(Tags.with(now.tags(), Tags.of(request.tags()))));
        return TagResourceResponse.builder().build();
    }

    public UntagResourceResponse untagResource(UntagResourceRequest request) {
        Application unused = applications.change(
                applications.naming().nameIn(request.resourceARN()),
                now -> now.with(Tags.without(now.tags(), request.tagKeys())));
        return UntagResourceResponse.builder().build();
    }

    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        Application application = applications.get(applications.naming().nameIn(request.resourceARN()));
        return ListTagsForResourceResponse.builder()
                .tags(Tags.list(
                        application.tags(),
                        (key, value) -> Tag.builder().key(key).value(value).build()))
                .build();
    }
}
