package io.riacho.benchmarks.firehose;

import io.riacho.benchmarks.load.Pauses;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Objects under a prefix, and when each was first in a list of them: a thread asks for the list again and again until this is closed.
 * Thread-safe.
 */
final class WatchedObjects implements AutoCloseable {

    private static final int DELETED_AT_ONCE = 500;

    private final S3Client s3;
    private final String bucket;
    private final String prefix;
    private final long pauseMilliseconds;
    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile boolean closed;
    private volatile @Nullable RuntimeException failure;

    /** @param pauseMilliseconds between two lists */
    WatchedObjects(S3Client s3, String bucket, String prefix, long pauseMilliseconds) {
        this.s3 = s3;
        this.bucket = bucket;
        this.prefix = prefix;
        this.pauseMilliseconds = pauseMilliseconds;
        thread = Thread.ofPlatform().name("watch-" + prefix).start(this::watch);
    }

    /** By key, the time by {@link System#nanoTime} when a list with it had come. */
    Map<String, Long> seen() {
        RuntimeException failed = failure;
        if (failed != null) {
            throw new IllegalStateException("Objects could not be listed", failed);
        }
        return new LinkedHashMap<>(seen);
    }

    byte[] bytes(String key) {
        return s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asByteArrayUnsafe();
    }

    /** Removes the objects, so that the disk does not fill up round by round. */
    void delete() {
        List<ObjectIdentifier> keys = seen.keySet().stream()
                .map(key -> ObjectIdentifier.builder().key(key).build())
                .toList();
        for (int from = 0; from < keys.size(); from += DELETED_AT_ONCE) {
            List<ObjectIdentifier> some = keys.subList(from, Math.min(keys.size(), from + DELETED_AT_ONCE));
            s3.deleteObjects(request -> request.bucket(bucket)
                    .delete(Delete.builder().objects(some).quiet(true).build()));
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            while (!closed) {
                List<String> keys =
                        s3
                                .listObjectsV2Paginator(
                                        request -> request.bucket(bucket).prefix(prefix))
                                .contents()
                                .stream()
                                .map(S3Object::key)
                                .toList();
                long now = System.nanoTime();
                keys.forEach(key -> seen.putIfAbsent(key, now));
                Pauses.milliseconds(pauseMilliseconds);
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }
}
