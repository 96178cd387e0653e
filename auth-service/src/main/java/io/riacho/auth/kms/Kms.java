package io.riacho.auth.kms;

import io.riacho.auth.kms.access.InProcessKeyService;
import io.riacho.auth.kms.access.KeyAccess;
import io.riacho.auth.kms.api.AliasOperations;
import io.riacho.auth.kms.api.CryptographicOperations;
import io.riacho.auth.kms.api.DataKeyOperations;
import io.riacho.auth.kms.api.GrantOperations;
import io.riacho.auth.kms.api.KeyOperations;
import io.riacho.auth.kms.api.PolicyOperations;
import io.riacho.auth.kms.api.RotationOperations;
import io.riacho.auth.kms.api.TagOperations;
import io.riacho.auth.kms.grant.GrantTokens;
import io.riacho.auth.kms.grant.Grants;
import io.riacho.auth.kms.key.Aliases;
import io.riacho.auth.kms.key.KeyCipher;
import io.riacho.auth.kms.key.KeyNaming;
import io.riacho.auth.kms.key.KeyPolicies;
import io.riacho.auth.kms.key.KeySweep;
import io.riacho.auth.kms.key.Keys;
import io.riacho.auth.kms.material.Materials;
import io.riacho.auth.kms.provider.KeyProviders;
import io.riacho.auth.root.RootKey;
import io.riacho.protocol.AwsApi;
import io.riacho.protocol.key.KeyService;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The parts of KMS, put together over one database. */
final class Kms {

    private final KeyNaming naming;
    private final KeyPolicies policies;
    private final Materials materials;
    private final Keys keys;
    private final Aliases aliases;
    private final Grants grants;
    private final GrantTokens tokens;
    private final KeyCipher cipher;

    Kms(DataSource dataSource, RootKey rootKey, KeyProviders providers, KeyNaming naming, InstantSource clock) {
        JdbcClient jdbc = JdbcClient.create(dataSource);
        // Its own: a service that shares the process may manage its transactions by JPA.
        TransactionTemplate transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.naming = naming;
        this.policies = new KeyPolicies(naming);
        this.materials = new Materials(jdbc, providers);
        this.keys = new Keys(jdbc, naming, policies, materials, transactions, clock);
        this.aliases = new Aliases(jdbc, keys, naming, policies, materials, transactions, clock);
        this.grants = new Grants(jdbc, keys, transactions, clock);
        this.tokens = new GrantTokens(rootKey);
        this.cipher = new KeyCipher(materials);
    }

    /** Its operations ask for their permissions themselves: many learn from the database which key they are about. */
    AwsApi api() {
        KeyAccess access = new KeyAccess(keys, aliases, grants, tokens, policies, naming);
        return AwsApi.of(
                "kms",
                (_, _, _) -> {},
                new KeyOperations(keys, policies, access, naming),
                new AliasOperations(aliases, access, naming),
                new PolicyOperations(keys, policies, access),
                new GrantOperations(grants, tokens, access, naming),
                new RotationOperations(keys, materials, access),
                new TagOperations(keys, access),
                new CryptographicOperations(access, cipher),
                new DataKeyOperations(access, cipher));
    }

    KeyService keyService() {
        return new InProcessKeyService(keys, aliases, grants, policies, cipher, naming);
    }

    Runnable sweep() {
        return new KeySweep(keys);
    }
}
