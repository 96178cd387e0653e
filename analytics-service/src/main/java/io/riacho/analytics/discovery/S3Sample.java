package io.riacho.analytics.discovery;

import io.riacho.analytics.bucket.Buckets;
import io.riacho.analytics.error.AnalyticsErrors;
import io.riacho.analytics.role.RoleSessions;
import io.riacho.protocol.role.RoleException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reads the first part of an object, as a role that may. */
public final class S3Sample implements ObjectSample {

    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_LINES = 200;

    private final Buckets buckets;
    private final Function<String, RoleSessions.Session> sessions;

    /** @param sessions of a role */
    public S3Sample(Buckets buckets, Function<String, RoleSessions.Session> sessions) {
        this.buckets = buckets;
        this.sessions = sessions;
    }

    @Override
    public List<String> take(String bucket, String key, String role) {
        try (S3AsyncClient client = buckets.clientFor(sessions.apply(role), bucket, key)) {
            byte[] body = client.getObject(
                            request -> request.bucket(bucket).key(key).range("bytes=0-" + (MOST_BYTES - 1)),
                            AsyncResponseTransformer.toBytes())
                    .join()
                    .asByteArray();
            return lines(new String(body, StandardCharsets.UTF_8), body.length == MOST_BYTES);
        } catch (CompletionException e) {
            throw told(e.getCause() == null ? e : e.getCause());
        }
    }

    private static List<String> lines(String text, boolean isCut) {
        if (!isCut && JsonSchema.isOne(text)) {
            return List.of(text);
        }
        List<String> lines = new ArrayList<>(text.lines().limit(MOST_LINES + 1L).toList());
        if (lines.size() > 1 && (isCut || lines.size() > MOST_LINES)) {
            lines.removeLast();
        }
        return lines.stream().filter(line -> !line.isBlank()).toList();
    }

    private static RuntimeException told(Throwable cause) {
        return switch (cause) {
            case S3Exception answer
            when answer.statusCode() == 416 -> AnalyticsErrors.undetected("The object is empty.", List.of());
            case S3Exception answer
            when answer.statusCode() < 500 ->
                AnalyticsErrors.invalidArgument("The object cannot be read: " + SdkErrors.message(answer));
            case RoleException role -> SdkErrors.told(role);
            case SdkException other -> SdkErrors.told("The object cannot be read", other);
            default -> new IllegalStateException(cause);
        };
    }
}
