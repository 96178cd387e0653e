package io.riacho.auth;

import io.riacho.auth.authority.AccessKeySecrets;
import io.riacho.auth.authority.LastUses;
import io.riacho.auth.database.AuthDatabase;
import io.riacho.auth.declared.DeclaredClients;
import io.riacho.auth.declared.DeclaredClientsProperties;
import io.riacho.auth.iam.IamChanges;
import io.riacho.auth.iam.TagStore;
import io.riacho.auth.iam.access.AccessFacts;
import io.riacho.auth.iam.access.IamAccess;
import io.riacho.auth.iam.accesskey.AccessKeyOperations;
import io.riacho.auth.iam.accesskey.AccessKeyStore;
import io.riacho.auth.iam.account.AccountOperations;
import io.riacho.auth.iam.account.AccountStore;
import io.riacho.auth.iam.account.AuthorizationDetailsOperations;
import io.riacho.auth.iam.entity.EntityChanges;
import io.riacho.auth.iam.entity.EntityStore;
import io.riacho.auth.iam.entity.GroupOperations;
import io.riacho.auth.iam.entity.RoleOperations;
import io.riacho.auth.iam.entity.UserOperations;
import io.riacho.auth.iam.login.LoginProfileOperations;
import io.riacho.auth.iam.managed.ManagedPolicyOperations;
import io.riacho.auth.iam.managed.ManagedPolicyStore;
import io.riacho.auth.iam.oidc.OidcOperations;
import io.riacho.auth.iam.oidc.OidcStore;
import io.riacho.auth.iam.policy.AttachmentOperations;
import io.riacho.auth.iam.policy.GrantStore;
import io.riacho.auth.iam.policy.InlinePolicyOperations;
import io.riacho.auth.iam.simulation.SimulatedPrincipals;
import io.riacho.auth.iam.simulation.Simulation;
import io.riacho.auth.iam.simulation.SimulationOperations;
import io.riacho.auth.iam.tag.TagOperations;
import io.riacho.auth.identity.IamArns;
import io.riacho.auth.identity.Identities;
import io.riacho.auth.oauth.ClientRegistrations;
import io.riacho.auth.password.PasswordChanges;
import io.riacho.auth.password.Passwords;
import io.riacho.protocol.AwsApi;
import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** IAM's API, put together. */
final class IamApi {

    private IamApi() {}

    static DeclaredClients declaredClients(
            DeclaredClientsProperties properties,
            AuthDatabase database,
            IamArns arns,
            ClientRegistrations registrations,
            InstantSource clock) {
        JdbcClient jdbc = database.jdbc();
        IamChanges changes = new IamChanges(database);
        EntityStore entities = new EntityStore(jdbc, arns);
        EntityChanges entityChanges = new EntityChanges(
                entities, new ManagedPolicyStore(jdbc, arns), TagStore.ofIdentities(jdbc), changes, arns, clock);
        return new DeclaredClients(
                properties,
                entities,
                new UserOperations(entityChanges, new AccountStore(jdbc)::madeAt),
                new InlinePolicyOperations(entities, new GrantStore(jdbc, arns), changes),
                registrations);
    }

    static AwsApi of(
            AuthDatabase database,
            IamArns arns,
            Identities identities,
            AccessKeySecrets secrets,
            LastUses uses,
            Passwords passwords,
            PasswordChanges passwordChanges,
            InstantSource clock) {
        JdbcClient jdbc = database.jdbc();
        IamChanges changes = new IamChanges(database);
        TagStore entityTags = TagStore.ofIdentities(jdbc);
        TagStore policyTags = TagStore.ofPolicies(jdbc);
        TagStore providerTags = TagStore.ofOidcProviders(jdbc);
        EntityStore entities = new EntityStore(jdbc, arns);
        ManagedPolicyStore policies = new ManagedPolicyStore(jdbc, arns);
        GrantStore grants = new GrantStore(jdbc, arns);
        AccessKeyStore accessKeys = new AccessKeyStore(jdbc);
        OidcStore providers = new OidcStore(jdbc);
        AccountStore account = new AccountStore(jdbc);
        EntityChanges entityChanges = new EntityChanges(entities, policies, entityTags, changes, arns, clock);
        return AwsApi.of(
                "iam",
                new IamAccess(
                        new AccessFacts(entities, policies, accessKeys, entityTags, policyTags, providerTags, arns),
                        arns),
                new UserOperations(entityChanges, account::madeAt),
                new GroupOperations(entityChanges, changes),
                new RoleOperations(entityChanges),
                new AccessKeyOperations(entities, accessKeys, secrets, uses, changes, clock),
                new LoginProfileOperations(entities, passwords, passwordChanges, changes),
                new ManagedPolicyOperations(policies, policyTags, changes, arns, clock),
                new InlinePolicyOperations(entities, grants, changes),
                new AttachmentOperations(entities, policies, grants, changes),
                new TagOperations(entities, policies, entityTags, policyTags, changes),
                new OidcOperations(providers, providerTags, changes, arns, clock),
                new AccountOperations(account),
                new AuthorizationDetailsOperations(entities, policies, grants, entityTags),
                new SimulationOperations(
                        new SimulatedPrincipals(identities, entities, grants, arns, clock),
                        new Simulation(arns.accountId(), clock)));
    }
}
