package io.riacho.auth.oauth;

import io.riacho.protocol.AwsException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.dao.DuplicateKeyException;

/** Clients whose ids and secrets somebody else has chosen. Those that the API makes are {@link OAuthClients}'. */
public final class ClientRegistrations {

    private final ClientStore clients;
    private final InstantSource clock;

    ClientRegistrations(ClientStore clients, InstantSource clock) {
        this.clients = clients;
        this.clock = clock;
    }

    /**
     * Makes the client, or makes it so again.
     *
     * @param id also its name
     * @param principalId the unique id of who it acts as
     * @throws AwsException EntityAlreadyExists where another client has the name
     */
    public void keep(String id, String principalArn, String principalId, String secret) {
        try {
            clients.keep(
                    new OAuthClient(
                            id,
                            id,
                            principalArn,
                            principalId,
                            false,
                            List.of(),
                            clock.instant().truncatedTo(ChronoUnit.MICROS)),
                    Secrets.hash(secret));
        } catch (DuplicateKeyException e) {
            throw AwsException.of("EntityAlreadyExists", 409, "There is another OAuth client with the name " + id);
        }
    }
}
