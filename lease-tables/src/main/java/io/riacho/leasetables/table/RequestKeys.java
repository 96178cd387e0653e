package io.riacho.leasetables.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** The condition keys that a request on items has, as DynamoDB names them. */
final class RequestKeys {

    private RequestKeys() {}

    /**
     * @param enclosing the operation that the request is a part of; null where it stands alone
     * @param hashName the name of the hash key; null where there is no such table
     */
    static Map<String, List<String>> of(SdkPojo request, @Nullable String enclosing, @Nullable String hashName) {
        Map<String, List<String>> keys = new HashMap<>();
        if (enclosing != null) {
            keys.put("dynamodb:enclosingoperation", List.of(enclosing));
        }
        putText(keys, "dynamodb:select", request, "Select");
        putText(keys, "dynamodb:returnvalues", request, "ReturnValues");
        putText(keys, "dynamodb:returnconsumedcapacity", request, "ReturnConsumedCapacity");
        return keys;
    }

    /** The member's value; null where it has none. */
    static @Nullable Object value(SdkPojo request, String member) {
        SdkField<?> field = request.sdkFieldNameToField().get(member);
        Object value = field == null ? null : field.getValueOrDefault(request);
        return value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap ? null : value;
    }

    static List<?> list(SdkPojo request, String member) {
        return value(request, member) instanceof List<?> list ? list : List.of();
    }

    private static void putText(Map<String, List<String>> keys, String key, SdkPojo request, String member) {
        if (value(request, member) instanceof String text) {
            keys.put(key, List.of(text));
        }
    }
}
