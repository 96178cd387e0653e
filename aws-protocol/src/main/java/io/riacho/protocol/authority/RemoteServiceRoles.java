package io.riacho.protocol.authority;

import io.riacho.protocol.role.RoleCredentials;
import io.riacho.protocol.role.RoleException;
import io.riacho.protocol.role.RoleException.Reason;
import io.riacho.protocol.role.ServiceRoles;
import io.riacho.protocol.role.ServiceSession;
import java.io.IOException;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Has auth-service begin the sessions of roles. */
final class RemoteServiceRoles implements ServiceRoles {

    static final String PATH = "/v1/authority/role-sessions";

    private final AuthorityClient client;

    RemoteServiceRoles(AuthorityClient client) {
        this.client = client;
    }

    @Override
    public RoleCredentials assume(String roleArn, ServiceSession session) {
        ObjectNode question = JsonMapper.shared()
                .createObjectNode()
                .put("roleArn", roleArn)
                .put("principal", session.principal())
                .put("sessionName", session.name())
                .put("sourceArn", session.sourceArn())
                .put("sourceAccount", session.sourceAccount());
        JsonNode answer;
        try {
            answer = client.ask(PATH, question);
        } catch (IOException e) {
            throw new RoleException(
                    Reason.UNAVAILABLE, "The role " + roleArn + " cannot be assumed now: " + e.getMessage());
        }
        JsonNode error = answer.path("error");
        if (error.isObject()) {
            throw new RoleException(Reason.valueOf(CallerJson.text(error, "type")), CallerJson.text(error, "message"));
        }
        return new RoleCredentials(
                CallerJson.text(answer, "accessKeyId"),
                CallerJson.text(answer, "secretAccessKey"),
                CallerJson.text(answer, "sessionToken"),
                Instant.parse(CallerJson.text(answer, "expiresAt")));
    }
}
