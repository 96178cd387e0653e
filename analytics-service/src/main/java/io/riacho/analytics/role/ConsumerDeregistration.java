package io.riacho.analytics.role;

import io.riacho.access.KinesisClients;
import io.riacho.analytics.run.Deregistration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/** Deregisters consumers of Kinesis Data Streams, as the roles of the applications that had them. */
public final class ConsumerDeregistration implements Deregistration, AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final KinesisClients clients;
    private final RoleSessions sessions;

    /** @param clients closed with it */
    public ConsumerDeregistration(KinesisClients clients, RoleSessions sessions) {
        this.clients = clients;
        this.sessions = sessions;
    }

    @Override
    public void deregister(Actor actor, String stream, String consumer) {
        RoleSessions.Session session = sessions.of(actor.role(), actor.application(), actor.arn());
        try (KinesisAsyncClient client = clients.of(StaticCredentialsProvider.create(session.credentials()))) {
            client.deregisterStreamConsumer(
                            request -> request.streamARN(arn(stream, actor)).consumerName(consumer))
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof ResourceNotFoundException)) {
                throw new IllegalStateException(e.getCause());
            }
        } catch (TimeoutException e) {
            throw new IllegalStateException("Kinesis does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The service is stopping", e);
        }
    }

    /** A stream without an ARN is one of the application's account and region. */
    private static String arn(String stream, Actor actor) {
        if (stream.startsWith("arn:")) {
            return stream;
        }
        String[] parts = actor.arn().split(":");
        return "arn:" + parts[1] + ":kinesis:" + parts[3] + ":" + parts[4] + ":stream/" + stream;
    }

    @Override
    public void close() {
        clients.close();
    }
}
