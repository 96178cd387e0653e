package io.riacho.protocol.model;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
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

    /** The name that requests are signed for, which versions of one API share. */
    public String signingName() {
        return root.path("metadata").path("signingName").asString(service);
    }

    /** What stands before the dot in {@code X-Amz-Target}; empty for an API of another protocol. */
    public Optional<String> targetPrefix() {
        return root.path("metadata").path("targetPrefix").stringValueOpt();
    }

    /** Whether the API is called by the AWS Query protocol. */
    public boolean isQuery() {
        return isCalledBy("query");
    }

    /** Whether the API is called by JSON, and its operations named in {@code X-Amz-Target}. */
    public boolean isTargeted() {
        return isCalledBy("json");
    }

    /** Whether the API is called by Smithy's RPC v2 CBOR protocol. */
    public boolean isRpc() {
        return isCalledBy("smithy-rpc-v2-cbor");
    }

    /** What a Query request calls its {@code Version}. */
    public String version() {
        return root.path("metadata").path("apiVersion").asString("");
    }

    /** The namespace of the XML that a Query API answers; empty for an API of another protocol. */
    public String xmlNamespace() {
        return root.path("metadata").path("xmlNamespace").asString("");
    }

    /**
     * Whether AWS runs the API once for all regions. Clients then sign for {@code us-east-1}, wherever they are.
     */
    public boolean isGlobal() {
        return root.path("metadata").path("globalEndpoint").isString();
    }

    /** Whether the API is called by JSON 1.0, the protocol before JSON 1.1. */
    public boolean isJson10() {
        return root.path("metadata").path("jsonVersion").asString("").equals("1.0");
    }

    /** The names of the shapes that are errors of the API. */
    public Set<String> exceptions() {
        Set<String> names = new HashSet<>();
        root.path("shapes").properties().forEach(entry -> {
            if (entry.getValue().path("exception").asBoolean(false)) {
                names.add(entry.getKey());
            }
        });
        return names;
    }

    public Set<String> operations() {
        return operations;
    }

    /** The errors of the API by the names of their shapes. */
    public Map<String, ModelError> errors() {
        Map<String, ModelError> errors = new HashMap<>();
        root.path("shapes").properties().forEach(entry -> {
            JsonNode error = entry.getValue().path("error");
            if (error.path("code").isString()) {
                errors.put(
                        entry.getKey(),
                        new ModelError(
                                error.path("code").stringValue(),
                                error.path("httpStatusCode").asInt(400)));
            }
        });
        return errors;
    }

    /** The element that an answer's members stand in, such as {@code GetUserResult}; empty where there is none. */
    public Optional<String> resultWrapper(String operation) {
        return root.path("operations").path(operation).path("resultWrapper").stringValueOpt();
    }

    /** Whether the operation answers with a structure; without one, the body is empty. */
    public boolean hasOutput(String operation) {
        return root.path("operations").path(operation).path("output").isString();
    }

    /** What stands before the name of an error in Smithy's protocols, such as {@code com.amazonaws.cloudwatch}. */
    public String namespace() {
        String id = root.path("metadata").path("serviceId").asString("");
        return "com.amazonaws." + id.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    private boolean isCalledBy(String protocol) {
        for (JsonNode each : root.path("metadata").path("protocols")) {
            if (each.asString("").equals(protocol)) {
                return true;
            }
        }
        return false;
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
