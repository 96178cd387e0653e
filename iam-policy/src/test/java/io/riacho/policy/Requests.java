package io.riacho.policy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes policies and requests for tests. JSON is written with single quotes. */
final class Requests {

    static final String ACCOUNT = "111122223333";
    static final String OTHER_ACCOUNT = "444455556666";
    static final String STREAM = "arn:aws:kinesis:us-east-1:" + ACCOUNT + ":stream/orders";
    static final Principal USER = Principal.user("arn:aws:iam::" + ACCOUNT + ":user/carlos");
    static final Principal SESSION = Principal.assumedRole(
            "arn:aws:sts::" + ACCOUNT + ":assumed-role/writer/one", "arn:aws:iam::" + ACCOUNT + ":role/app/writer");

    private Requests() {}

    static String json(String withSingleQuotes) {
        return withSingleQuotes.replace('\'', '"');
    }

    static PolicyDocument document(PolicyKind kind, String withSingleQuotes) {
        return PolicyDocument.parse(json(withSingleQuotes), kind);
    }

    /** @param statements such as {@code {'Effect':'Allow',…}, {…}} */
    static NamedPolicy policy(PolicyKind kind, String statements) {
        return new NamedPolicy(
                kind.name(), document(kind, "{'Version':'2012-10-17','Statement':[" + statements + "]}"));
    }

    static NamedPolicy identity(String statements) {
        return policy(PolicyKind.IDENTITY, statements);
    }

    static NamedPolicy resource(String statements) {
        return policy(PolicyKind.RESOURCE, statements);
    }

    static NamedPolicy allowAll(PolicyKind kind) {
        return policy(kind, "{'Effect':'Allow','Action':'*','Resource':'*'}");
    }

    /** A resource policy's statement. */
    static NamedPolicy allowTo(String principal) {
        return resource("{'Effect':'Allow','Principal':" + principal + ",'Action':'*','Resource':'*'}");
    }

    static NamedPolicy allowNothing(PolicyKind kind) {
        return policy(kind, "{'Effect':'Allow','Action':'nothing:*','Resource':'*'}");
    }

    static AuthorizationRequest request(Principal principal, String action, String resource) {
        return new AuthorizationRequest(principal, action, resource, ACCOUNT, ConditionContext.EMPTY);
    }

    static AuthorizationRequest putRecord(Principal principal) {
        return request(principal, "kinesis:PutRecord", STREAM);
    }

    static AuthorizationRequest with(AuthorizationRequest request, ConditionContext context) {
        return new AuthorizationRequest(
                request.principal(), request.action(), request.resource(), request.resourceAccountId(), context);
    }

    /** @param keysAndValues key, value, key, value */
    static ConditionContext context(String... keysAndValues) {
        Map<String, List<String>> values = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], List.of(keysAndValues[i + 1]));
        }
        return ConditionContext.of(values);
    }

    static ConditionContext contextOf(String key, String... values) {
        return ConditionContext.of(Map.of(key, Arrays.asList(values)));
    }

    static Decision decide(AuthorizationRequest request, PolicySet policies) {
        return new PolicyEvaluator().decide(request, policies);
    }
}
