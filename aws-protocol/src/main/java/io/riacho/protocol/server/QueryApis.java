package io.riacho.protocol.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All APIs that are called by {@code Action}, in one place, because they share one address. */
final class QueryApis {

    private final Map<String, QueryApi> byService = new HashMap<>();
    private final boolean anyUnsigned;

    QueryApis(List<QueryApi> apis) {
        apis.forEach(api -> byService.put(api.service(), api));
        anyUnsigned = apis.stream().anyMatch(QueryApi::hasUnsigned);
    }

    boolean isEmpty() {
        return byService.isEmpty();
    }

    /** Whether any operation of any API may be called without a signature. */
    boolean anyUnsigned() {
        return anyUnsigned;
    }

    @Nullable
    QueryApi find(String service) {
        return byService.get(service);
    }

    /** The API of that version that has the operation; null where none has. */
    @Nullable
    QueryApi find(String action, @Nullable String version) {
        for (QueryApi api : byService.values()) {
            if (api.find(action, version) != null) {
                return api;
            }
        }
        return null;
    }
}
