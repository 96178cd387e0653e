package io.riacho.auth.identity;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;

/** Compiled documents by their text, so that a policy of many users is compiled once. Safe for use by many threads. */
final class PolicyDocuments {

    private static final long MAX_CHARACTERS = 8L * 1024 * 1024;

    private final LoadingCache<Text, PolicyDocument> compiled = Caffeine.newBuilder()
            .maximumWeight(MAX_CHARACTERS)
            .weigher((Text text, PolicyDocument _) -> text.json.length())
            .build(text -> PolicyDocument.parse(text.json, text.kind));

    NamedPolicy named(String name, String json, PolicyKind kind) {
        return new NamedPolicy(name, compiled.get(new Text(kind, json)));
    }

    private record Text(PolicyKind kind, String json) {}
}
