package io.riacho.streams.wire;

import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.policy.PolicySet;
import io.riacho.policy.Principal;
import io.riacho.protocol.BearerTokens;
import io.riacho.protocol.Caller;
import io.riacho.protocol.SigningKeys;
import io.riacho.protocol.signature.RootSigningKeys;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Users with an access key and a bearer token each, made as tests want them; the account's root is the first. */
final class TestUsers implements SigningKeys, BearerTokens {

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final String accountId;
    private final Map<String, User> byKey = new ConcurrentHashMap<>();
    private final Map<String, User> byToken = new ConcurrentHashMap<>();
    private final User root;

    TestUsers(String accountId) {
        this.accountId = accountId;
        root = add(Caller.root(accountId));
    }

    /** Credentials of one caller. */
    record User(Caller caller, String accessKeyId, String secretKey, String token) {
        String arn() {
            return caller.arn();
        }
    }

    User root() {
        return root;
    }

    /** A user of this account whose identity policies are these documents. */
    User with(String... policies) {
        return of(accountId, policies);
    }

    /** A user of the account. */
    User of(String account, String... policies) {
        int number = NUMBERS.incrementAndGet();
        List<NamedPolicy> identity = Stream.of(policies)
                .map(text -> new NamedPolicy("policy", PolicyDocument.parse(text, PolicyKind.IDENTITY)))
                .toList();
        return add(new Caller(
                Principal.user("arn:aws:iam::" + account + ":user/user-" + number),
                "AIDA" + number,
                Map.of("aws:username", List.of("user-" + number)),
                PolicySet.ofIdentity(identity)));
    }

    /** A policy that allows the one action on the one resource. */
    static String allowing(String action, String resource) {
        return statement("Allow", action, resource);
    }

    static String statement(String effect, String action, String resource) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"" + effect + "\",\"Action\":\"" + action
                + "\",\"Resource\":\"" + resource + "\"}]}";
    }

    /** Gives the user other identity policies. */
    void change(User user, String... policies) {
        User changed = with(policies);
        byKey.remove(changed.accessKeyId());
        byToken.remove(changed.token());
        Caller caller = new Caller(
                user.caller().principal(),
                user.caller().userId(),
                user.caller().keys(),
                changed.caller().policies());
        User again = new User(caller, user.accessKeyId(), user.secretKey(), user.token());
        byKey.put(user.accessKeyId(), again);
        byToken.put(user.token(), again);
    }

    /** Takes the user's access key and token away. */
    void revoke(User user) {
        byKey.remove(user.accessKeyId());
        byToken.remove(user.token());
    }

    @Override
    public Optional<SigningKey> find(
            String accessKeyId, @Nullable String sessionToken, LocalDate date, String region, String service) {
        User user = byKey.get(accessKeyId);
        return user == null
                ? Optional.empty()
                : new RootSigningKeys(accessKeyId, user.secretKey(), accountId)
                        .find(accessKeyId, sessionToken, date, region, service)
                        .map(found -> new SigningKey(found.key(), user.caller()));
    }

    @Override
    public Optional<Caller> find(String token) {
        return Optional.ofNullable(byToken.get(token)).map(User::caller);
    }

    private User add(Caller caller) {
        int number = NUMBERS.incrementAndGet();
        User user = new User(caller, "AKIATEST" + number, "secret-of-" + number, "token-of-" + number);
        byKey.put(user.accessKeyId(), user);
        byToken.put(user.token(), user);
        return user;
    }
}
