package io.riacho.auth.kms;

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

/** Access keys of callers that tests make up. Each access key's id is its owner's name. */
final class TestPrincipals implements SigningKeys {

    static final String ACCOUNT = "123456789012";
    static final String ROOT = "root";
    static final String SECRET = "not-a-secret";

    private final Map<String, Caller> callers = new ConcurrentHashMap<>(Map.of(ROOT, Caller.root(ACCOUNT)));

    /** A user whose only policy has these statements; an empty text for none. */
    void addUser(String name, String statements) {
        callers.put(
                name,
                new Caller(
                        Principal.user(userArn(name)),
                        "AIDA" + name,
                        Map.of("aws:username", List.of(name)),
                        PolicySet.ofIdentity(policies(statements))));
    }

    /** A session of a role whose only policy has these statements. */
    void addSession(String role, String session, String statements) {
        callers.put(
                session,
                new Caller(
                        Principal.assumedRole(
                                "arn:aws:sts::" + ACCOUNT + ":assumed-role/" + role + "/" + session, roleArn(role)),
                        "AROA" + role + ":" + session,
                        Map.of(),
                        PolicySet.ofIdentity(policies(statements))));
    }

    static String userArn(String name) {
        return "arn:aws:iam::" + ACCOUNT + ":user/" + name;
    }

    static String roleArn(String name) {
        return "arn:aws:iam::" + ACCOUNT + ":role/" + name;
    }

    @Override
    public Optional<SigningKey> find(
            String accessKeyId, @Nullable String sessionToken, LocalDate date, String region, String service) {
        Caller caller = callers.get(accessKeyId);
        return caller == null
                ? Optional.empty()
                : new RootSigningKeys(accessKeyId, SECRET, ACCOUNT)
                        .find(accessKeyId, sessionToken, date, region, service)
                        .map(key -> new SigningKey(key.key(), caller));
    }

    private static List<NamedPolicy> policies(String statements) {
        return statements.isEmpty()
                ? List.of()
                : List.of(new NamedPolicy(
                        "test",
                        PolicyDocument.parse(
                                "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}",
                                PolicyKind.IDENTITY)));
    }
}
