package io.riacho.auth.identity;

import io.riacho.policy.NamedPolicy;
import io.riacho.protocol.Caller;
import java.util.Optional;

/**
 * Users and roles with all that they may do, as of at most five seconds ago; changes made by this process count at once.
 * Names are matched exactly. Safe for use by many threads.
 *
 * <p>Where the database does not answer and what is remembered is too old, every method throws an
 * {@code AwsException} with status 503: nobody is let in on old knowledge.
 */
public interface Identities {

    /** The user as a caller: its own policies, those of its groups, its boundary, its tags. */
    Optional<Caller> user(String name);

    Optional<Role> role(String name);

    /** The owner of an access key that is there and active; of long-term keys ({@code AKIA…}) only, the root's not among them. */
    Optional<Caller> keyOwner(String accessKeyId);

    /** The default version of a managed policy of this account or of AWS, as an identity policy. */
    Optional<NamedPolicy> managedPolicy(String arn);

    /** The caller that a session of a role is. It may do what the role may, within the session's policies. */
    Caller session(Role role, SessionFacts facts);
}
