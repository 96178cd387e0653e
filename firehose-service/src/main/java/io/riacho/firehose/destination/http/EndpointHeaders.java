package io.riacho.firehose.destination.http;

import java.net.http.HttpRequest;
import java.util.List;
import software.amazon.awssdk.services.firehose.model.HttpEndpointCommonAttribute;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is the same in the heads of all requests of a delivery stream. */
final class EndpointHeaders {

    /** A header holds ASCII only. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final String streamArn;
    private final String accessKey;
    private final String commonAttributes;

    /** @param accessKey empty for none */
    EndpointHeaders(String streamArn, String accessKey, List<HttpEndpointCommonAttribute> attributes) {
        this.streamArn = streamArn;
        this.accessKey = accessKey;
        ObjectNode values = JSON.createObjectNode();
        attributes.forEach(attribute -> values.put(attribute.attributeName(), attribute.attributeValue()));
        this.commonAttributes = JSON.writeValueAsString(JSON.createObjectNode().set("commonAttributes", values));
    }

    /** What an endpoint says of a request, without the key that it may have said, too. */
    String withoutKey(String said) {
        return accessKey.isEmpty() ? said : said.replace(accessKey, "***");
    }

    void write(HttpRequest.Builder request, String id) {
        request.header("Content-Type", "application/json")
                .header("X-Amz-Firehose-Protocol-Version", "1.0")
                .header("X-Amz-Firehose-Request-Id", id)
                .header("X-Amz-Firehose-Source-Arn", streamArn)
                .header("X-Amz-Firehose-Common-Attributes", commonAttributes);
        if (!accessKey.isEmpty()) {
            request.header("X-Amz-Firehose-Access-Key", accessKey);
        }
    }
}
