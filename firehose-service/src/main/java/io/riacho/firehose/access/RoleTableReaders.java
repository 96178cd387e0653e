package io.riacho.firehose.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.riacho.access.RoleCredentialsProvider;
import io.riacho.access.ServiceConnections;
import io.riacho.firehose.catalog.TableAccessException;
import io.riacho.firehose.catalog.TableReaders;
import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.protocol.role.RoleException;
import io.riacho.protocol.role.ServiceRoles;
import io.riacho.protocol.role.ServiceSession;
import io.riacho.protocol.tls.ClientTls;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.springframework.util.function.SingletonSupplier;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.firehose.model.SchemaConfiguration;
import software.amazon.awssdk.services.glue.GlueAsyncClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.glue.model.GlueException;

/**
 * Asks this server for a table as the role that a delivery stream was given for it. A role that may read it is asked for
 * again after five seconds, so that a permission that is taken away is seen.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html">Grant Firehose access to AWS Glue
 *     for data format conversion</a>
 */
public final class RoleTableReaders implements TableReaders, AutoCloseable {

    private static final String NEWEST = "LATEST";
    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final Duration UNUSED = Duration.ofHours(1);
    private static final int MANY = 5_000;
    private static final int REQUESTS = 200;

    private final ServiceRoles roles;
    private final String accountId;
    private final InstantSource clock;
    private final SdkAsyncHttpClient http;
    private final Supplier<GlueAsyncClient> glue;
    private final Cache<Reader, RoleCredentialsProvider> credentials =
            Caffeine.newBuilder().maximumSize(MANY).expireAfterAccess(UNUSED).build();
    private final Cache<Reading, Boolean> allowed =
            Caffeine.newBuilder().maximumSize(MANY).expireAfterWrite(FRESH).build();

    /**
     * @param endpoint of the catalog; asked when a table is asked for first
     * @param tls of an HTTPS endpoint
     * @param accountId whose delivery streams they are
     */
    public RoleTableReaders(
            ServiceRoles roles,
            Supplier<URI> endpoint,
            ClientTls tls,
            String region,
            String accountId,
            InstantSource clock) {
        this.roles = roles;
        this.accountId = accountId;
        this.clock = clock;
        this.http = ServiceConnections.open(tls, REQUESTS);
        this.glue = SingletonSupplier.of(() -> GlueAsyncClient.builder()
                .endpointOverride(endpoint.get())
                .region(Region.of(region))
                .httpClient(http)
                .build());
    }

    @Override
    public void require(DeliveryStreamName stream, SchemaConfiguration configuration) {
        Reading reading = new Reading(
                new Reader(stream, configuration.roleARN()),
                String.valueOf(configuration.databaseName()),
                String.valueOf(configuration.tableName()),
                configuration.versionId() == null ? NEWEST : configuration.versionId());
        if (allowed.getIfPresent(reading) == null) {
            RoleCredentialsProvider role = credentials.get(reading.reader(), this::provider);
            if (!isAnswered(reading, role)) {
                // Another role of the same name may have come, or the session was revoked.
                role.forget();
                if (!isAnswered(reading, role)) {
                    throw new UncheckedIOException(new IOException(
                            "The credentials of " + reading.reader().roleArn() + " are not accepted just now"));
                }
            }
            allowed.put(reading, true);
        }
    }

    @Override
    public void close() {
        http.close();
    }

    /** Whether the credentials were accepted. */
    private boolean isAnswered(Reading reading, RoleCredentialsProvider role) {
        try {
            ask(reading, role);
            return true;
        } catch (RoleException e) {
            if (e.reason() == RoleException.Reason.UNAVAILABLE) {
                throw new UncheckedIOException(new IOException(e.getMessage(), e));
            }
            throw new TableAccessException("Firehose is unable to assume role "
                    + reading.reader().roleArn() + ". Please check the role provided.");
        } catch (EntityNotFoundException e) {
            // Who looks it up says so.
            return true;
        } catch (GlueException e) {
            String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
            if (RoleCredentialsProvider.isRefusal(code)) {
                return false;
            }
            if (!code.equals("AccessDeniedException")) {
                throw new UncheckedIOException(new IOException("The catalog cannot be asked: " + code, e));
            }
            throw new TableAccessException("Access was denied when calling Glue. Please ensure that the role "
                    + reading.reader().roleArn() + " may read " + reading.database() + "." + reading.table());
        }
    }

    private void ask(Reading reading, RoleCredentialsProvider role) {
        // Assumed here, where a refusal is not wrapped.
        AwsRequestOverrideConfiguration as = AwsRequestOverrideConfiguration.builder()
                .credentialsProvider(role)
                .build();
        var _ = role.resolveCredentials();
        await(
                reading.version().equals(NEWEST)
                        ? glue.get()
                                .getTable(request -> request.databaseName(reading.database())
                                        .name(reading.table())
                                        .overrideConfiguration(as))
                        : glue.get()
                                .getTableVersion(request -> request.databaseName(reading.database())
                                        .tableName(reading.table())
                                        .versionId(reading.version())
                                        .overrideConfiguration(as)));
    }

    private static void await(CompletableFuture<?> answer) {
        try {
            var _ = answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GlueException refused) {
                throw refused;
            }
            throw new UncheckedIOException(new IOException("The catalog cannot be asked just now", e.getCause()));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new InterruptedIOException("called off"));
        }
    }

    private RoleCredentialsProvider provider(Reader reader) {
        DeliveryStreamName stream = reader.stream();
        return new RoleCredentialsProvider(
                roles,
                reader.roleArn(),
                new ServiceSession(RoleSourceCredentials.PRINCIPAL, stream.name(), stream.arn(), accountId),
                clock);
    }

    private record Reader(DeliveryStreamName stream, String roleArn) {}

    private record Reading(Reader reader, String database, String table, String version) {}
}
