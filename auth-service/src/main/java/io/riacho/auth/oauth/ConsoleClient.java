package io.riacho.auth.oauth;

import io.riacho.console.Console;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Makes the console a client, so that nobody has to. Where no console is served there is no such client either. */
final class ConsoleClient implements SmartInitializingSingleton {

    /** No client that the API makes can have a name with a colon. */
    private static final String NAME = "riacho:console";

    private final @Nullable Console console;
    private final ClientStore clients;
    private final InstantSource clock;

    ConsoleClient(@Nullable Console console, ClientStore clients, InstantSource clock) {
        this.console = console;
        this.clients = clients;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (console == null) {
            clients.remove(Console.CLIENT_ID);
        } else {
            clients.putPublic(new OAuthClient(
                    Console.CLIENT_ID,
                    NAME,
                    null,
                    null,
                    true,
                    console.redirectUris(),
                    clock.instant().truncatedTo(ChronoUnit.MICROS)));
        }
    }
}
