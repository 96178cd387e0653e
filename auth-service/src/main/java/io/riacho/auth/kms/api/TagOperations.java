package io.riacho.auth.kms.api;

import io.riacho.auth.kms.access.KeyAccess;
import io.riacho.auth.kms.access.RequestFacts;
import io.riacho.auth.kms.key.Key;
import io.riacho.auth.kms.key.Keys;
import io.riacho.protocol.RequestContext;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.kms.model.ListResourceTagsRequest;
import software.amazon.awssdk.services.kms.model.ListResourceTagsResponse;
import software.amazon.awssdk.services.kms.model.Tag;
import software.amazon.awssdk.services.kms.model.TagResourceRequest;
import software.amazon.awssdk.services.kms.model.UntagResourceRequest;

/** Tags of keys. */
public final class TagOperations {

    private final Keys keys;
    private final KeyAccess access;

    public TagOperations(Keys keys, KeyAccess access) {
        this.keys = keys;
        this.access = access;
    }

    public void tagResource(TagResourceRequest request, RequestContext context) {
        Map<String, String> tags = Tags.read(request.tags());
        Key key = access.keyById(
                context, "TagResource", request.keyId(), RequestFacts.none().withTags(tags));
        keys.tag(key.id(), tags, Tags.MAX);
    }

    public void untagResource(UntagResourceRequest request, RequestContext context) {
        Key key = access.keyById(
                context, "UntagResource", request.keyId(), RequestFacts.none().with("aws:tagkeys", request.tagKeys()));
        keys.untag(key.id(), request.tagKeys());
    }

    public ListResourceTagsResponse listResourceTags(ListResourceTagsRequest request, RequestContext context) {
        Key key = access.keyById(context, "ListResourceTags", request.keyId(), RequestFacts.none());
        int limit = Markers.limit(request.limit(), Tags.MAX, Tags.MAX);
        String after = Markers.open(request.marker());
        List<Map.Entry<String, String>> behind = key.tags().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .filter(tag -> tag.getKey().compareTo(after) > 0)
                .toList();
        Markers.Page<Map.Entry<String, String>> page = Markers.page(behind, limit, Map.Entry::getKey);
        return ListResourceTagsResponse.builder()
                .tags(page.items().stream()
                        .map(tag -> Tag.builder()
                                .tagKey(tag.getKey())
                                .tagValue(tag.getValue())
                                .build())
                        .toList())
                .truncated(page.isTruncated())
                .nextMarker(page.next())
                .build();
    }
}
