package io.riacho.leasetables.table;

import io.riacho.leasetables.error.DynamoErrors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.ListTagsOfResourceResponse;
import software.amazon.awssdk.services.dynamodb.model.Tag;
import software.amazon.awssdk.services.dynamodb.model.TagResourceRequest;
import software.amazon.awssdk.services.dynamodb.model.UntagResourceRequest;

/** Operations on the tags of tables. */
public final class TagOperations {

    private final TableNames names;
    private final Tables tables;

    public TagOperations(TableNames names, Tables tables) {
        this.names = names;
        this.tables = tables;
    }

    public void tagResource(TagResourceRequest request) {
        tables.tag(names.named(request.resourceArn()), request.resourceArn(), tags(request.tags()));
    }

    public void untagResource(UntagResourceRequest request) {
        tables.untag(names.named(request.resourceArn()), request.resourceArn(), request.tagKeys());
    }

    /** All of them: a table has no more than a page. */
    public ListTagsOfResourceResponse listTagsOfResource(ListTagsOfResourceRequest request) {
        if (request.nextToken() != null) {
            throw DynamoErrors.validation("Invalid NextToken");
        }
        Table table = tables.known(names.named(request.resourceArn()), request.resourceArn());
        return ListTagsOfResourceResponse.builder()
                .tags(table.tags().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(tag -> Tag.builder()
                                .key(tag.getKey())
                                .value(tag.getValue())
                                .build())
                        .toList())
                .build();
    }

    static Map<String, String> tags(List<Tag> wire) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Tag tag : wire) {
            if (tags.put(tag.key(), tag.value()) != null) {
                throw DynamoErrors.validation("Duplicate tag key: " + tag.key());
            }
            if (tag.key().startsWith("aws:")) {
                throw DynamoErrors.validation("Tag keys must not begin with aws:");
            }
        }
        return tags;
    }
}
