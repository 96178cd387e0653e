package io.riacho.s3;

import com.google.common.base.Throwables;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import org.gaul.s3proxy.S3ProxyHandler;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Lets signed requests through to S3's operations, and answers what they throw in S3's form. */
final class S3Servlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(S3Servlet.class);

    private final transient S3Handler handler;
    private final transient BodyBudget bodies;

    S3Servlet(S3Handler handler, BodyBudget bodies) {
        this.handler = handler;
        this.bodies = bodies;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getHeader("Authorization") == null && !isPresigned(request)) {
            handler.refuse(request, response, 403, "AccessDenied", "Access Denied");
            return;
        }
        if (isForm(request)) {
            handler.refuse(request, response, 501, "NotImplemented", "Objects are not taken from forms.");
            return;
        }
        int share;
        try {
            share = bodies.take(inMemory(request));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            share = -1;
        }
        if (share < 0) {
            handler.refuse(request, response, 503, "SlowDown", "Please reduce your request rate.");
            return;
        }
        try {
            answer(request, response);
        } finally {
            bodies.give(share);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (InputStream body = request.getInputStream()) {
            handler.doHandle(request, request, response, body, new S3ProxyHandler.RequestContext());
        } catch (IOException | RuntimeException e) {
            Failure failure = failure(e, request);
            if (failure.status() >= 500 && failure.status() != 501) {
                log.warn("{} {} failed", request.getMethod(), request.getRequestURI(), e);
            }
            if (failure.code() == null) {
                response.setStatus(failure.status());
            } else {
                handler.refuse(request, response, failure.status(), failure.code(), failure.message());
            }
        }
    }

    private static Failure failure(Exception thrown, HttpServletRequest request) {
        for (Throwable cause : Throwables.getCausalChain(thrown)) {
            switch (cause) {
                case AwsServiceException known -> {
                    return known(known, request);
                }
                case FileSystemException file -> {
                    return unfit(file);
                }
                case IllegalArgumentException _ -> {
                    return new Failure(400, "InvalidArgument", "Invalid Argument");
                }
                case UnsupportedOperationException _ -> {
                    return new Failure(
                            501,
                            "NotImplemented",
                            "A header you provided implies functionality that is not implemented.");
                }
                default -> {}
            }
        }
        return new Failure(500, "InternalError", "We encountered an internal error. Please try again.");
    }

    private static Failure known(AwsServiceException known, HttpServletRequest request) {
        String code = S3Exceptions.errorCode(known);
        int status = known.statusCode();
        if (code != null && status != 412) {
            String message = known.awsErrorDetails().errorMessage();
            return new Failure(status, code, message == null ? "" : message);
        }
        return switch (status) {
            case 412 ->
                isReadIfChanged(request)
                        ? new Failure(304, null, "")
                        : new Failure(
                                412,
                                "PreconditionFailed",
                                "At least one of the pre-conditions you specified did not hold");
            case 416 -> new Failure(416, "InvalidRange", "The requested range is not satisfiable");
            case 400 -> new Failure(400, "BadDigest", "The Content-MD5 you specified did not match what we received.");
            case 403 -> new Failure(403, "AccessDenied", "Access Denied");
            case 404 -> new Failure(404, "NoSuchKey", "The specified key does not exist.");
            default -> new Failure(status, null, "");
        };
    }

    /** Keys are names of files here, and not each key can be one. */
    private static Failure unfit(FileSystemException failed) {
        String reason = failed.getReason();
        if (reason != null && reason.contains("too long")) {
            return new Failure(
                    400, "KeyTooLongError", "A part of the key between slashes is longer than this store can keep.");
        }
        if (reason != null && reason.contains("irectory")) {
            return new Failure(
                    409,
                    "OperationAborted",
                    "This store cannot keep a key that is also the beginning of another's path, such as a and a/b.");
        }
        return new Failure(500, "InternalError", "We encountered an internal error. Please try again.");
    }

    private static boolean isReadIfChanged(HttpServletRequest request) {
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        return reads
                && request.getHeader("If-Match") == null
                && request.getHeader("If-Unmodified-Since") == null
                && (request.getHeader("If-None-Match") != null || request.getHeader("If-Modified-Since") != null);
    }

    /** How much of the body is held in memory at once. */
    private static long inMemory(HttpServletRequest request) {
        String hash = request.getHeader("x-amz-content-sha256");
        if (hash == null || hash.startsWith("STREAMING-") || hash.startsWith("UNSIGNED-")) {
            return 0;
        }
        long length = request.getContentLengthLong();
        return length < 0 ? S3Handler.MAX_SIGNED_BODY_BYTES : Math.min(length, S3Handler.MAX_SIGNED_BODY_BYTES);
    }

    private static boolean isPresigned(HttpServletRequest request) {
        String query = request.getQueryString();
        return query != null && query.contains("X-Amz-Signature=");
    }

    private static boolean isForm(HttpServletRequest request) {
        String type = request.getContentType();
        return request.getMethod().equals("POST") && type != null && type.startsWith("multipart/form-data");
    }

    private record Failure(int status, @Nullable String code, String message) {}
}
