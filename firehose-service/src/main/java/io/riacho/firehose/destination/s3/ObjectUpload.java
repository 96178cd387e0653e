package io.riacho.firehose.destination.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** The bytes of one object on their way: in one request where they are few, in parts where they are many. Used by one thread. */
final class ObjectUpload extends OutputStream {

    private static final int PART_BYTES = 8 << 20;
    private static final int FIRST_BYTES = 64 << 10;

    private final S3AsyncClient s3;
    private final String bucket;
    private final String key;
    private final String contentType;
    private final @Nullable String contentEncoding;
    private final List<CompletedPart> parts = new ArrayList<>();
    private final Part part = new Part();
    private @Nullable String uploadId;

    ObjectUpload(S3AsyncClient s3, String bucket, String key, String contentType, @Nullable String contentEncoding) {
        this.s3 = s3;
        this.bucket = bucket;
        this.key = key;
        this.contentType = contentType;
        this.contentEncoding = contentEncoding;
    }

    @Override
    public void write(int b) throws IOException {
        part.write(b);
        sendWhereFull();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int left = length;
        while (left > 0) {
            int fits = Math.min(left, PART_BYTES - part.size());
            part.write(bytes, from, fits);
            from += fits;
            left -= fits;
            sendWhereFull();
        }
    }

    /** Stores the object. */
    void complete() throws IOException, InterruptedException {
        if (uploadId == null) {
            S3Store.await(s3.putObject(
                    request -> request.bucket(bucket)
                            .key(key)
                            .contentType(contentType)
                            .contentEncoding(contentEncoding),
                    part.body()));
            return;
        }
        if (part.size() > 0) {
            send();
        }
        S3Store.await(s3.completeMultipartUpload(request ->
                request.bucket(bucket).key(key).uploadId(uploadId).multipartUpload(upload -> upload.parts(parts))));
    }

    /** Forgets what was sent. Where even that fails, the parts stay until the bucket's owner clears them. */
    void abort() {
        if (uploadId != null) {
            var _ = s3.abortMultipartUpload(
                    request -> request.bucket(bucket).key(key).uploadId(uploadId));
        }
    }

    private void sendWhereFull() throws IOException {
        if (part.size() >= PART_BYTES) {
            try {
                send();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw (IOException) new InterruptedIOException("called off").initCause(e);
            }
        }
    }

    private void send() throws IOException, InterruptedException {
        String id = uploadId;
        if (id == null) {
            id = S3Store.await(s3.createMultipartUpload(request -> request.bucket(bucket)
                            .key(key)
                            .contentType(contentType)
                            .contentEncoding(contentEncoding)))
                    .uploadId();
            uploadId = id;
        }
        String upload = id;
        int number = parts.size() + 1;
        String tag = S3Store.await(s3.uploadPart(
                        request ->
                                request.bucket(bucket).key(key).uploadId(upload).partNumber(number),
                        part.body()))
                .eTag();
        parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        part.reset();
    }

    /** Gives out its bytes without a copy. */
    private static final class Part extends ByteArrayOutputStream {

        Part() {
            super(FIRST_BYTES);
        }

        AsyncRequestBody body() {
            return AsyncRequestBody.fromByteBufferUnsafe(ByteBuffer.wrap(buf, 0, count));
        }
    }
}
