package io.riacho.auth.declared;

import io.riacho.auth.declared.DeclaredClientsProperties.DeclaredClient;
import io.riacho.auth.iam.entity.Entity;
import io.riacho.auth.iam.entity.EntityStore;
import io.riacho.auth.iam.entity.UserOperations;
import io.riacho.auth.iam.policy.InlinePolicyOperations;
import io.riacho.auth.identity.EntityKind;
import io.riacho.auth.oauth.ClientRegistrations;
import io.riacho.protocol.AwsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.PutUserPolicyRequest;

/**
 * Makes what is declared so at each start: a user for each client, with the policy, and the client, with the secret. Each
 * step may be repeated, so a start that was cut off, and several processes that start at once, come to the same.
 */
public final class DeclaredClients {

    private static final Logger log = LoggerFactory.getLogger(DeclaredClients.class);
    private static final String PATH = "/declared/";
    private static final String USER = "client-";
    private static final String POLICY = "declared";
    /** A secret is kept by a quick hash, so it has to be one that nobody guesses. */
    private static final int SHORTEST_SECRET = 32;

    private final List<DeclaredClient> declared;
    private final EntityStore entities;
    private final UserOperations users;
    private final InlinePolicyOperations policies;
    private final ClientRegistrations registrations;

    public DeclaredClients(
            DeclaredClientsProperties properties,
            EntityStore entities,
            UserOperations users,
            InlinePolicyOperations policies,
            ClientRegistrations registrations) {
        this.declared = properties.clients();
        this.entities = entities;
        this.users = users;
        this.policies = policies;
        this.registrations = registrations;
    }

    /** @throws IllegalStateException where one cannot be made so; says which, and never a secret */
    public void make() {
        declared.forEach(this::make);
    }

    private void make(DeclaredClient client) {
        try {
            String secret = secret(client);
            String policy = policy(client);
            Entity user = user(USER + client.name());
            policies.putUserPolicy(PutUserPolicyRequest.builder()
                    .userName(user.name())
                    .policyName(POLICY)
                    .policyDocument(policy)
                    .build());
            registrations.keep(client.name(), user.arn(), user.id(), secret);
            log.info("The OAuth2 client {} is there and acts as {}", client.name(), user.arn());
        } catch (AwsException e) {
            throw failed(client, e.getMessage(), e);
        }
    }

    private Entity user(String name) {
        if (entities.find(EntityKind.USER, name).isEmpty()) {
            try {
                users.createUser(
                        CreateUserRequest.builder().path(PATH).userName(name).build());
            } catch (AwsException e) {
                if (!e.type().equals("EntityAlreadyExists")) {
                    throw e;
                }
            }
        }
        Entity user = entities.require(EntityKind.USER, name);
        if (!user.path().equals(PATH)) {
            throw AwsException.badRequest("ValidationException", "the user " + user.arn() + " is somebody else");
        }
        return user;
    }

    private static String secret(DeclaredClient client) {
        Path file = client.requireSecretFile();
        try {
            String secret = Files.readString(file).strip();
            if (secret.length() < SHORTEST_SECRET) {
                throw failed(client, file + " has fewer than " + SHORTEST_SECRET + " characters", null);
            }
            return secret;
        } catch (IOException e) {
            throw failed(client, file + " cannot be read", e);
        }
    }

    private static String policy(DeclaredClient client) {
        String given = client.requirePolicy();
        if (given.startsWith("{")) {
            return given;
        }
        try {
            return Files.readString(Path.of(given));
        } catch (IOException e) {
            throw failed(client, given + " cannot be read", e);
        }
    }

    private static IllegalStateException failed(DeclaredClient client, String why, @Nullable Exception cause) {
        return new IllegalStateException("riacho.auth.clients: " + client.name() + " cannot be made: " + why, cause);
    }
}
