package io.riacho.auth.kms.key;

import java.util.Map;

/** What a key to be made is like. */
public record NewKey(String description, boolean isManagedByAws, String policy, Map<String, String> tags) {

    public NewKey {
        tags = Map.copyOf(tags);
    }
}
