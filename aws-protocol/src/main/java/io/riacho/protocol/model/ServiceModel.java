package io.riacho.protocol.model;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The model of one API, as it lies under {@code aws-api/} in the resources. */
public final class ServiceModel {

    private final String service;
    private final JsonNode root;
    private final Set<String> operations;

    private ServiceModel(String service, JsonNode root) {
        this.service = service;
        this.root = root;
        this.operations = new LinkedHashSet<>(root.path("operations").propertyNames());
    }

    public static ServiceModel load(String service) {
        String resource = "/aws-api/" + service + ".json";
        try (InputStream in = ServiceModel.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no model " + resource + " on the class path");
            }
            return new ServiceModel(service, JsonMapper.shared().readTree(in));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + resource, e);
        }
    }

    public String service() {
        return service;
    }

    /** What stands before the dot in {@code X-Amz-Target}; empty for an API of another protocol. */
    public Optional<String> targetPrefix() {
        return root.path("metadata").path("targetPrefix").stringValueOpt();
    }

    public Set<String> operations() {
        return operations;
    }

    /** Whether the operation answers with a structure; without one, the body is empty. */
    public boolean hasOutput(String operation) {
        return root.path("operations").path(operation).path("output").isString();
    }

    Optional<String> inputShape(String operation) {
        return root.path("operations").path(operation).path("input").stringValueOpt();
    }

    JsonNode shape(String name) {
        JsonNode shape = root.path("shapes").path(name);
        if (!shape.isObject()) {
            throw new IllegalArgumentException("the model of " + service + " has no shape " + name);
        }
        return shape;
    }
}
