package io.riacho.protocol.server;

import io.riacho.protocol.model.ModelError;
import io.riacho.protocol.model.ServiceModel;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How an API that is called by {@code X-Amz-Target} names its protocol and its errors. APIs of JSON 1.0 write the
 * namespaces of their errors; clients cut them off.
 *
 * @param isJson10 whether the content type is {@code application/x-amz-json-1.0}, for requests and answers alike
 * @param errorNames the full names of the API's own errors by their short ones
 * @param queryErrors the API's own errors by their short names, where it is called by the Query protocol, too
 * @param checksums whether answers carry {@code X-Amz-Crc32}
 */
record JsonForm(
        boolean isJson10, Map<String, String> errorNames, Map<String, ModelError> queryErrors, boolean checksums) {

    static final JsonForm JSON_1_1 = new JsonForm(false, Map.of(), Map.of(), false);
    static final JsonForm JSON_1_0 = new JsonForm(true, Map.of(), Map.of(), false);

    static JsonForm of(ServiceModel model, boolean checksums) {
        if (!model.isJson10()) {
            return new JsonForm(false, Map.of(), Map.of(), checksums);
        }
        String namespace =
                "com.amazonaws." + model.service() + ".v" + model.version().replace("-", "") + '#';
        return new JsonForm(
                true,
                model.exceptions().stream().collect(Collectors.toMap(name -> name, name -> namespace + name)),
                model.isQuery() ? Map.copyOf(model.errors()) : Map.of(),
                checksums);
    }

    /** Whether clients may know the API by its Query protocol. */
    boolean isQuery() {
        return !queryErrors.isEmpty();
    }

    /** @param type the error's short name */
    String errorName(String type) {
        if (!isJson10) {
            return type;
        }
        String own = errorNames.get(type);
        if (own != null) {
            return own;
        }
        return type.equals("ValidationException")
                ? "com.amazon.coral.validate#" + type
                : "com.amazon.coral.service#" + type;
    }
}
