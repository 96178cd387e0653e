package io.riacho.analytics;

import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.policy.PolicySet;
import io.riacho.policy.Principal;
import io.riacho.protocol.Caller;
import io.riacho.protocol.SigningKeys;
import io.riacho.protocol.signature.RootSigningKeys;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** Users with an access key each, made as tests want them; the account's root is the first. */
public final class TestUsers implements SigningKeys {

    private final Map<String, Caller> byKey = new ConcurrentHashMap<>();
    private final AwsBasicCredentials root = add("AKIATEST0", Caller.root(AnalyticsServer.ACCOUNT));

    public AwsBasicCredentials root() {
        return root;
    }

    /** A user whose identity policy has these statements. */
    public AwsBasicCredentials with(String statements) {
        return with("AKIATEST" + byKey.size(), statements);
    }

    /** The same, with that access key. */
    public AwsBasicCredentials with(String key, String statements) {
        String name = "user-" + byKey.size();
        String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}";
        return add(key, new Caller(
                Principal.user("arn:aws:iam::" + AnalyticsServer.ACCOUNT + ":user/" + name),
                "AIDA" + byKey.size(),
                Map.of("aws:username", List.of(name)),
                PolicySet.ofIdentity(
                        List.of(new NamedPolicy("policy", PolicyDocument.parse(policy, PolicyKind.IDENTITY))))));
    }

    @Override
    public Optional<SigningKey> find(
            String accessKeyId, @Nullable String sessionToken, LocalDate date, String region, String service) {
        Caller caller = byKey.get(accessKeyId);
        return caller == null
                ? Optional.empty()
                : new RootSigningKeys(accessKeyId, "secret of " + accessKeyId, AnalyticsServer.ACCOUNT)
                        .find(accessKeyId, sessionToken, date, region, service)
                        .map(found -> new SigningKey(found.key(), caller));
    }

    private AwsBasicCredentials add(String key, Caller caller) {
        byKey.put(key, caller);
        return AwsBasicCredentials.create(key, "secret of " + key);
    }
}
