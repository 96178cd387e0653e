package io.riacho.auth.authority;

import static io.riacho.auth.rest.JsonBody.required;

import io.riacho.auth.rest.JsonBody;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.BearerTokens;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.SigningKeys;
import io.riacho.protocol.authority.CallerJson;
import io.riacho.protocol.key.DataKey;
import io.riacho.protocol.key.KeyDescription;
import io.riacho.protocol.key.KeyException;
import io.riacho.protocol.key.KeyService;
import io.riacho.protocol.rest.RestBody;
import io.riacho.protocol.role.RoleCredentials;
import io.riacho.protocol.role.RoleException;
import io.riacho.protocol.role.ServiceRoles;
import io.riacho.protocol.role.ServiceSession;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What services that run alone ask: whose an access key or a token is, the key to verify it with, when that changes, the keys to
 * encrypt with, and the credentials of roles that trust them. Who may ask can pretend to be anybody to the service it asks for, and
 * to be that service to roles, so policies should name it (the condition key {@code riacho:service}) and nobody but
 * services should be allowed to.
 */
@RestController
@RequestMapping("/v1/authority")
final class AuthorityEndpoints {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int LONGEST_ARN = 2048;

    private final SigningKeys signingKeys;
    private final BearerTokens bearerTokens;
    private final KeyService keys;
    private final ServiceRoles roles;
    private final ChangeFeed changes;
    private final String resource;
    private final CallerJson callers = new CallerJson();

    /** @param resource the ARN that policies name */
    AuthorityEndpoints(
            SigningKeys signingKeys,
            BearerTokens bearerTokens,
            KeyService keys,
            ServiceRoles roles,
            ChangeFeed changes,
            String resource) {
        this.signingKeys = signingKeys;
        this.bearerTokens = bearerTokens;
        this.keys = keys;
        this.roles = roles;
        this.changes = changes;
        this.resource = resource;
    }

    @PostMapping("/signing-keys")
    ObjectNode signingKey(RequestContext context, RestBody body) {
        KeyQuestion question = JsonBody.read(body, KeyQuestion.class);
        String service = required("service", question.service);
        require(context, "GetSigningKey", Map.of("riacho:service", List.of(service)));
        LocalDate date = date(required("date", question.date));
        ObjectNode answer = JSON.createObjectNode();
        try {
            signingKeys
                    .find(
                            required("accessKeyId", question.accessKeyId),
                            question.sessionToken,
                            date,
                            required("region", question.region),
                            service)
                    .ifPresent(found -> {
                        answer.put(
                                "key",
                                Base64.getEncoder().encodeToString(found.key().bytes()));
                        answer.set("caller", callers.write(found.caller()));
                    });
        } catch (AwsException e) {
            if (e.status() >= 500) {
                throw e;
            }
            answer.putObject("error").put("type", e.type()).put("message", e.getMessage());
        }
        return answer;
    }

    @PostMapping("/bearer-tokens")
    ObjectNode bearerToken(RequestContext context, RestBody body) {
        TokenQuestion question = JsonBody.read(body, TokenQuestion.class);
        require(context, "GetTokenOwner", Map.of());
        ObjectNode answer = JSON.createObjectNode();
        bearerTokens
                .find(required("token", question.token))
                .ifPresent(caller -> answer.set("caller", callers.write(caller)));
        return answer;
    }

    @PostMapping("/changes")
    ObjectNode changes(RequestContext context, RestBody body) {
        ChangesQuestion question = JsonBody.read(body, ChangesQuestion.class);
        require(context, "AwaitChanges", Map.of());
        return JSON.createObjectNode().put("state", changes.await(question.known));
    }

    @PostMapping("/keys/describe")
    ObjectNode describeKey(RequestContext context, RestBody body) {
        DescribeQuestion question = JsonBody.read(body, DescribeQuestion.class);
        require(context, "DescribeKey", Map.of());
        return orError(() -> {
            KeyDescription key = keys.describe(required("keyId", question.keyId));
            return JSON.createObjectNode()
                    .put("arn", key.arn())
                    .put("accountId", key.accountId())
                    .put("state", key.state())
                    .put("policyName", key.policy().name())
                    .put("policy", key.policy().document().text());
        });
    }

    @PostMapping("/keys/data-keys")
    ObjectNode dataKey(RequestContext context, RestBody body) {
        DataKeyQuestion question = JsonBody.read(body, DataKeyQuestion.class);
        require(context, "GenerateDataKey", Map.of());
        return orError(() -> {
            DataKey key =
                    keys.generateDataKey(required("keyId", question.keyId), required("context", question.context));
            return JSON.createObjectNode()
                    .put("keyArn", key.keyArn())
                    .put("plaintext", Base64.getEncoder().encodeToString(key.plaintext()))
                    .put("wrapped", Base64.getEncoder().encodeToString(key.wrapped()));
        });
    }

    @PostMapping("/keys/unwrap")
    ObjectNode unwrap(RequestContext context, RestBody body) {
        UnwrapQuestion question = JsonBody.read(body, UnwrapQuestion.class);
        require(context, "UnwrapDataKey", Map.of());
        return orError(() -> JSON.createObjectNode()
                .put(
                        "plaintext",
                        Base64.getEncoder()
                                .encodeToString(keys.unwrap(
                                        bytes(required("wrapped", question.wrapped)),
                                        required("context", question.context)))));
    }

    @PostMapping("/role-sessions")
    ObjectNode roleSession(RequestContext context, RestBody body) {
        RoleQuestion question = JsonBody.read(body, RoleQuestion.class);
        ServiceSession session = session(question);
        require(context, "AssumeServiceRole", Map.of("riacho:service", List.of(session.service())));
        try {
            RoleCredentials credentials = roles.assume(roleArn(question), session);
            return JSON.createObjectNode()
                    .put("accessKeyId", credentials.accessKeyId())
                    .put("secretAccessKey", credentials.secretAccessKey())
                    .put("sessionToken", credentials.sessionToken())
                    .put("expiresAt", credentials.expiresAt().toString());
        } catch (RoleException e) {
            return error(e.reason().name(), e.getMessage());
        }
    }

    private void require(RequestContext context, String action, Map<String, List<String>> conditionKeys) {
        context.require(new Permission("riacho:" + action, resource, context.accountId(), conditionKeys, null, false));
    }

    private static ObjectNode orError(Supplier<ObjectNode> answer) {
        try {
            return answer.get();
        } catch (KeyException e) {
            return error(e.reason().name(), String.valueOf(e.getMessage()));
        }
    }

    private static ObjectNode error(String type, String message) {
        ObjectNode error = JSON.createObjectNode();
        error.putObject("error").put("type", type).put("message", message);
        return error;
    }

    private static ServiceSession session(RoleQuestion question) {
        try {
            return new ServiceSession(
                    required("principal", question.principal),
                    required("sessionName", question.sessionName),
                    required("sourceArn", question.sourceArn),
                    required("sourceAccount", question.sourceAccount));
        } catch (IllegalArgumentException e) {
            throw AwsException.badRequest("ValidationException", String.valueOf(e.getMessage()));
        }
    }

    private static String roleArn(RoleQuestion question) {
        String arn = required("roleArn", question.roleArn);
        if (arn.length() > LONGEST_ARN) {
            throw AwsException.badRequest("ValidationException", "roleArn is too long");
        }
        return arn;
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw AwsException.badRequest("ValidationException", "date is no date");
        }
    }

    private static byte[] bytes(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw AwsException.badRequest("ValidationException", "wrapped is no Base64");
        }
    }

    private record KeyQuestion(
            @Nullable String accessKeyId,
            @Nullable String sessionToken,
            @Nullable String date,
            @Nullable String region,
            @Nullable String service) {}

    private record TokenQuestion(@Nullable String token) {}

    /** Known is what the answer before this had. */
    private record ChangesQuestion(@Nullable String known) {}

    private record DescribeQuestion(@Nullable String keyId) {}

    private record DataKeyQuestion(
            @Nullable String keyId, @Nullable Map<String, String> context) {}

    private record RoleQuestion(
            @Nullable String roleArn,
            @Nullable String principal,
            @Nullable String sessionName,
            @Nullable String sourceArn,
            @Nullable String sourceAccount) {}

    private record UnwrapQuestion(
            @Nullable String wrapped, @Nullable Map<String, String> context) {}
}
