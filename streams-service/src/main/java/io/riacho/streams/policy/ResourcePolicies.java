package io.riacho.streams.policy;

import io.riacho.policy.InvalidPolicyException;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.streams.error.KinesisErrors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a stream's policy may say: it is about that stream, and about no other resource. */
final class ResourcePolicies {

    private static final int MOST_BYTES = 20 * 1024;
    private static final int MOST_SHOWN = 5;
    private static final JsonMapper JSON = JsonMapper.shared();

    private ResourcePolicies() {}

    /** @throws io.riacho.protocol.AwsException where the text is no policy of the resource */
    static NamedPolicy parse(String text, String arn) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw KinesisErrors.limitExceeded("The resource policy exceeds the limit of " + MOST_BYTES + " bytes.");
        }
        PolicyDocument document;
        try {
            document = PolicyDocument.parse(text, PolicyKind.RESOURCE);
        } catch (InvalidPolicyException e) {
            throw KinesisErrors.invalidArgument("Policy is not valid. "
                    + String.join(
                            " ",
                            e.errors().stream()
                                    .limit(MOST_SHOWN)
                                    .map(Object::toString)
                                    .toList()));
        }
        JsonNode statements = JSON.readTree(text).path("Statement");
        for (JsonNode statement : statements.isArray() ? statements.values() : List.of(statements)) {
            checkResource(statement, arn);
        }
        return new NamedPolicy(arn, document);
    }

    private static void checkResource(JsonNode statement, String arn) {
        JsonNode resource = statement.path("Resource");
        boolean fits = !statement.has("NotResource")
                && (resource.isArray()
                        ? !resource.isEmpty() && resource.values().stream().allMatch(each -> isText(each, arn))
                        : isText(resource, arn));
        if (!fits) {
            throw KinesisErrors.invalidArgument(
                    "Policy is not valid. The Resource of each statement has to be " + arn + ".");
        }
    }

    private static boolean isText(JsonNode node, String text) {
        return node.isString() && node.stringValue().equals(text);
    }
}
