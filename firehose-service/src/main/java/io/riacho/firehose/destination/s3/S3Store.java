package io.riacho.firehose.destination.s3;

import io.riacho.firehose.destination.DeliveryException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Stores objects in an S3 by its API. Large ones go in parts, so that little of them is in memory. */
public final class S3Store implements S3Objects, AutoCloseable {

    private final S3AsyncClient s3;

    /** @param s3 with timeouts; closed with this */
    public S3Store(S3AsyncClient s3) {
        this.s3 = s3;
    }

    @Override
    public void put(
            String bucket, String key, String contentType, @Nullable String contentEncoding, ObjectWriter writer)
            throws DeliveryException, InterruptedException {
        ObjectUpload upload = new ObjectUpload(s3, bucket, key, contentType, contentEncoding);
        try {
            writer.write(upload);
            upload.complete();
        } catch (IOException e) {
            upload.abort();
            throw failure(bucket, e);
        } catch (InterruptedException | RuntimeException e) {
            upload.abort();
            throw e;
        }
    }

    @Override
    public void close() {
        s3.close();
    }

    /** @throws IOException with the S3's answer for a cause where it is none that was hoped for */
    static <T> T await(CompletableFuture<T> answer) throws IOException, InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        }
    }

    private static DeliveryException failure(String bucket, IOException e) throws InterruptedException {
        Throwable cause = e.getCause();
        if (cause instanceof InterruptedException) {
            throw new InterruptedException("called off");
        }
        if (cause instanceof S3Exception refused && refused.awsErrorDetails() != null) {
            String code = refused.awsErrorDetails().errorCode();
            return DeliveryException.retryable(
                    "S3." + code,
                    "S3 answered " + refused.statusCode() + " " + code + " for bucket " + bucket + ": "
                            + refused.awsErrorDetails().errorMessage(),
                    e);
        }
        if (cause instanceof SdkException) {
            return DeliveryException.retryable("S3.Unavailable", "S3 cannot be reached: " + cause.getMessage(), e);
        }
        return DeliveryException.retryable("S3.InternalError", "The object cannot be written: " + e.getMessage(), e);
    }
}
