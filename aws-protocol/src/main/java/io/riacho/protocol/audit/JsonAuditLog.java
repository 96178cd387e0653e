package io.riacho.protocol.audit;

import io.riacho.policy.Decision;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes one JSON object a line to the logger {@code riacho.audit}. */
public final class JsonAuditLog implements AuditLog {

    private static final Logger LOG = LoggerFactory.getLogger("riacho.audit");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final InstantSource clock;

    public JsonAuditLog(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void denied(RequestContext context, Permission permission, Decision decision) {
        ObjectNode line = line(context, "denied");
        line.put("action", permission.action());
        line.put("resource", permission.resource());
        line.put("reason", decision.reason());
        write(line);
    }

    @Override
    public void changed(RequestContext context, String service, String operation) {
        ObjectNode line = line(context, "changed");
        line.put("action", service + ":" + operation);
        Permission granted = context.granted();
        if (granted != null) {
            line.put("resource", granted.resource());
        }
        write(line);
    }

    private ObjectNode line(RequestContext context, String outcome) {
        ObjectNode line = JSON.createObjectNode();
        line.put("time", clock.instant().toString());
        line.put("outcome", outcome);
        line.put("requestId", context.requestId());
        line.put("principal", context.principalArn());
        line.put("sourceIp", context.connection().sourceIp());
        return line;
    }

    private static void write(ObjectNode line) {
        LOG.info(JSON.writeValueAsString(line));
    }
}
