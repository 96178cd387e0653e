package io.riacho.protocol.audit;

import io.riacho.policy.Decision;
import io.riacho.protocol.Connection;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes what happened as one line of JSON each, in ASCII: nothing that a caller sends can end a line, or a terminal's
 * patience. Every value is of bounded length.
 */
final class AuditLines {

    private static final int LONGEST_ARN = 2048;
    private static final int LONGEST = 256;
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private AuditLines() {}

    static String denied(Instant time, RequestContext context, Permission permission, Decision decision) {
        ObjectNode line = served(time, "denied", context);
        line.put("action", shorten(permission.action(), LONGEST));
        line.put("resource", shorten(permission.resource(), LONGEST_ARN));
        put(line, decision);
        line.put("reason", shorten(decision.reason(), LONGEST));
        return JSON.writeValueAsString(line);
    }

    static DenialDigest.Denial denial(RequestContext context, Permission permission) {
        return new DenialDigest.Denial(
                shorten(context.principalArn(), LONGEST_ARN),
                shorten(permission.action(), LONGEST),
                shorten(permission.resource(), LONGEST_ARN));
    }

    static String repeated(DenialDigest.Summary summary, DenialDigest.Repeated repeated) {
        ObjectNode line = line(summary.to(), "denials");
        line.put("from", summary.from().toString());
        line.put("count", repeated.count());
        line.put("principal", repeated.denial().caller());
        line.put("action", repeated.denial().action());
        line.put("resource", repeated.denial().resource());
        return JSON.writeValueAsString(line);
    }

    static String others(DenialDigest.Summary summary) {
        ObjectNode line = line(summary.to(), "denials");
        line.put("from", summary.from().toString());
        line.put("count", summary.others());
        line.put("principals", summary.callers());
        ObjectNode top = line.putObject("top");
        summary.top().forEach(entry -> top.put(entry.getKey(), entry.getValue()));
        return JSON.writeValueAsString(line);
    }

    static String changed(Instant time, RequestContext context, String service, String operation) {
        ObjectNode line = served(time, "changed", context);
        line.put("action", shorten(service + ":" + operation, LONGEST));
        Permission granted = context.granted();
        if (granted != null) {
            line.put("resource", shorten(granted.resource(), LONGEST_ARN));
        }
        Decision decision = context.decision();
        if (decision != null) {
            put(line, decision);
        }
        return JSON.writeValueAsString(line);
    }

    static String failed(Instant time, FailedAuthentication failure) {
        ObjectNode line = line(time, "unauthenticated");
        line.put("requestId", failure.requestId());
        put(line, "claimedAccessKeyId", failure.accessKeyId());
        put(line, failure.connection());
        String action = failure.action();
        put(line, "action", action == null ? failure.service() : failure.service() + ":" + action);
        line.put("error", shorten(failure.error(), LONGEST));
        return JSON.writeValueAsString(line);
    }

    static String cutOff(Instant time, String endpointId, String sourceIp) {
        ObjectNode line = line(time, "cut-off");
        line.put("sourceIp", sourceIp);
        line.put("endpoint", endpointId);
        return JSON.writeValueAsString(line);
    }

    static String summary(FailureDigest.Summary summary) {
        ObjectNode line = line(summary.to(), "failures");
        line.put("from", summary.from().toString());
        line.put("count", summary.failures());
        line.put("sources", summary.sources());
        ObjectNode top = line.putObject("top");
        summary.top().forEach(entry -> top.put(shorten(entry.getKey(), LONGEST), entry.getValue()));
        ObjectNode errors = line.putObject("errors");
        summary.errors().forEach((error, count) -> errors.put(shorten(error, LONGEST), count));
        return JSON.writeValueAsString(line);
    }

    static String lost(long count) {
        ObjectNode line = line(Instant.now(), "lost");
        line.put("count", count);
        return JSON.writeValueAsString(line);
    }

    private static ObjectNode served(Instant time, String outcome, RequestContext context) {
        ObjectNode line = line(time, outcome);
        line.put("requestId", context.requestId());
        line.put("principal", shorten(context.principalArn(), LONGEST_ARN));
        put(line, "credential", context.credential());
        put(line, context.connection());
        return line;
    }

    private static ObjectNode line(Instant time, String outcome) {
        ObjectNode line = JSON.createObjectNode();
        line.put("time", time.toString());
        line.put("outcome", outcome);
        return line;
    }

    private static void put(ObjectNode line, Connection connection) {
        line.put("sourceIp", connection.sourceIp());
        line.put("tls", connection.secure());
        put(
                line,
                "endpoint",
                connection.endpoint() == null ? null : connection.endpoint().id());
    }

    private static void put(ObjectNode line, Decision decision) {
        ObjectNode why = line.putObject("decision");
        why.put("outcome", decision.outcome().name());
        put(why, "kind", decision.kind() == null ? null : decision.kind().name());
        put(why, "policy", decision.policy());
        put(why, "sid", decision.sid());
        if (decision.statement() >= 0) {
            why.put("statement", decision.statement());
        }
    }

    private static void put(ObjectNode line, String name, @Nullable String value) {
        if (value != null) {
            line.put(name, shorten(value, LONGEST));
        }
    }

    private static String shorten(String text, int longest) {
        String bounded = text.length() <= longest ? text : text.substring(0, longest) + "...";
        return bounded.indexOf('\u007F') < 0 ? bounded : bounded.replace('\u007F', '?');
    }
}
