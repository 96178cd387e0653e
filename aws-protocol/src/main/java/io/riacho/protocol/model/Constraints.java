package io.riacho.protocol.model;

import io.riacho.protocol.AwsException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Checks requests against the constraints that the model publishes. Safe for use by many threads. */
public final class Constraints {

    private final Map<String, StructureCheck> byOperation;

    private Constraints(Map<String, StructureCheck> byOperation) {
        this.byOperation = byOperation;
    }

    public static Constraints of(ServiceModel model) {
        return of(model, Set.of());
    }

    /** @param ownFormats shapes whose pattern is left out */
    public static Constraints of(ServiceModel model, Set<String> ownFormats) {
        Compiler compiler = new Compiler(model, ownFormats);
        Map<String, StructureCheck> byOperation = new HashMap<>();
        for (String operation : model.operations()) {
            model.inputShape(operation).ifPresent(shape -> byOperation.put(operation, compiler.structure(shape)));
        }
        return new Constraints(Map.copyOf(byOperation));
    }

    /** @throws AwsException ValidationException, which names all that is wrong */
    public void check(String operation, SdkPojo input) {
        StructureCheck check = byOperation.get(operation);
        if (check != null) {
            Violations violations = new Violations();
            check.check(input, "", violations);
            violations.throwIfAny();
        }
    }

    private static final class Compiler {

        private final ServiceModel model;
        private final Set<String> ownFormats;
        private final Map<String, StructureCheck> structures = new HashMap<>();

        Compiler(ServiceModel model, Set<String> ownFormats) {
            this.model = model;
            this.ownFormats = ownFormats;
            // A shape that is not there is a mistake, and told.
            ownFormats.forEach(model::shape);
        }

        StructureCheck structure(String name) {
            StructureCheck known = structures.get(name);
            if (known != null) {
                return known;
            }
            StructureCheck structure = new StructureCheck();
            structures.put(name, structure);
            JsonNode shape = model.shape(name);
            Set<String> required = new HashSet<>();
            shape.path("required").forEach(member -> required.add(member.stringValue()));
            List<StructureCheck.Member> members = new ArrayList<>();
            shape.path("members").properties().forEach(entry -> {
                String member = entry.getKey();
                Check check = check(entry.getValue().path("shape").stringValue());
                if (required.contains(member) || !check.isEmpty()) {
                    members.add(
                            new StructureCheck.Member(member, lowerFirst(member), required.contains(member), check));
                }
            });
            structure.members(members);
            return structure;
        }

        private Check check(String name) {
            JsonNode shape = model.shape(name);
            return switch (shape.path("type").stringValue()) {
                case "structure" -> structure(name);
                case "list" ->
                    new ListCheck(
                            SizeCheck.of(shape),
                            check(shape.path("member").path("shape").stringValue()));
                case "map" ->
                    new MapCheck(
                            SizeCheck.of(shape),
                            new ScalarCheck(
                                    model.shape(shape.path("key").path("shape").stringValue())),
                            check(shape.path("value").path("shape").stringValue()));
                default -> new ScalarCheck(ownFormats.contains(name) ? withoutPattern(shape) : shape);
            };
        }

        private static JsonNode withoutPattern(JsonNode shape) {
            return ((ObjectNode) shape.deepCopy()).without("pattern");
        }

        private static String lowerFirst(String name) {
            return Character.toLowerCase(name.charAt(0)) + name.substring(1);
        }
    }
}
