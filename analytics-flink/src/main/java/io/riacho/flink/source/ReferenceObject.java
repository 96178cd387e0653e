package io.riacho.flink.source;

import io.riacho.flink.access.AwsClients;
import io.riacho.flink.access.ServedObject;
import io.riacho.flink.access.ServiceAccess;
import java.io.IOException;
import java.io.Serializable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * An object of S3.
 *
 * @param served how the service that runs the job reads it for it; null where the job asks the S3 itself
 */
record ReferenceObject(ServiceAccess access, @Nullable ServedObject served, String bucket, String key, long maxBytes)
        implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int ATTEMPTS = 5;

    /**
     * Its bytes as they are now.
     *
     * @throws StreamReadException where they cannot be had
     */
    byte[] read() throws InterruptedException {
        return served == null ? readFromStore() : read(served);
    }

    private byte[] read(ServedObject object) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Exception failure;
            try {
                return object.read((int) Math.min(maxBytes, Integer.MAX_VALUE - 8));
            } catch (ServedObject.TooLarge e) {
                throw new StreamReadException(
                        this + " has more than the " + maxBytes + " bytes that are held in memory", e);
            } catch (ServedObject.Refused e) {
                if (!e.isTransient()) {
                    throw new StreamReadException(this + " cannot be read: " + e.getMessage(), e);
                }
                failure = e;
            } catch (IOException e) {
                failure = e;
            }
            if (attempt == ATTEMPTS) {
                throw new StreamReadException(this + " cannot be read: " + failure.getMessage(), failure);
            }
            Thread.sleep(AwsClients.pause(attempt).toMillis());
        }
    }

    private byte[] readFromStore() throws InterruptedException {
        try (AwsClients.ClientLease<S3AsyncClient> s3 = AwsClients.s3(access)) {
            for (int attempt = 1; ; attempt++) {
                try {
                    long size = s3.client()
                            .headObject(request -> request.bucket(bucket).key(key))
                            .join()
                            .contentLength();
                    if (size > maxBytes) {
                        throw new StreamReadException(
                                this + " has " + size + " bytes, more than the " + maxBytes
                                        + " that are held in memory",
                                new IllegalStateException());
                    }
                    return s3.client()
                            .getObject(request -> request.bucket(bucket).key(key), AsyncResponseTransformer.toBytes())
                            .join()
                            .asByteArray();
                } catch (CompletionException e) {
                    Throwable cause = AwsClients.cause(e);
                    if (!AwsClients.isTransient(cause, attempt) || attempt == ATTEMPTS) {
                        throw new StreamReadException(this + " cannot be read: " + cause.getMessage(), cause);
                    }
                    Thread.sleep(AwsClients.pause(attempt).toMillis());
                }
            }
        }
    }

    @Override
    public String toString() {
        return "The object s3://" + bucket + "/" + key;
    }
}
