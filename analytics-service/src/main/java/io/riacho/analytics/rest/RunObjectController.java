package io.riacho.analytics.rest;

import io.riacho.analytics.bucket.Buckets;
import io.riacho.analytics.error.AnalyticsErrors;
import io.riacho.analytics.role.RoleSessions;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reference data for jobs, where the service reads it for their roles: by the token of the run. */
@RestController
@RequestMapping("/v1/runs/{run}")
public final class RunObjectController {

    private static final int MOST_BUCKET = 255;
    private static final int MOST_KEY = 1024;

    private final RunRoles roles;
    private final Buckets buckets;

    public RunObjectController(RunRoles roles, Buckets buckets) {
        this.roles = roles;
        this.buckets = buckets;
    }

    /** @param number of the role that reads */
    @GetMapping("/objects/{number}")
    void object(
            @PathVariable String run,
            @PathVariable int number,
            @RequestParam String bucket,
            @RequestParam String key,
            @RequestHeader(name = "Authorization", required = false) @Nullable String token,
            HttpServletResponse answer)
            throws IOException {
        RoleSessions.Session session = roles.session(run, token, number);
        if (!buckets.areReadByTheService()) {
            throw AnalyticsErrors.resourceNotFound("Objects are not read here.");
        }
        if (bucket.isEmpty() || bucket.length() > MOST_BUCKET || key.isEmpty() || key.length() > MOST_KEY) {
            throw AnalyticsErrors.invalidArgument("There is no such object.");
        }
        try (S3AsyncClient client = buckets.clientFor(session, bucket, key);
                ResponseInputStream<GetObjectResponse> object = client.getObject(
                                request -> request.bucket(bucket).key(key),
                                AsyncResponseTransformer.toBlockingInputStream())
                        .join()) {
            answer.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
            answer.setHeader("Cache-Control", "no-store");
            answer.setContentLengthLong(object.response().contentLength());
            object.transferTo(answer.getOutputStream());
        } catch (CompletionException e) {
            throw told(e.getCause() == null ? e : e.getCause());
        }
    }

    private static RuntimeException told(Throwable cause) {
        return switch (cause) {
            case S3Exception refused
            when refused.statusCode() < 500 ->
                AnalyticsErrors.resourceNotFound("The object cannot be read: "
                        + refused.awsErrorDetails().errorMessage());
            case SdkException away -> AnalyticsErrors.serviceUnavailable("The object cannot be read now.");
            default -> new IllegalStateException(cause);
        };
    }
}
