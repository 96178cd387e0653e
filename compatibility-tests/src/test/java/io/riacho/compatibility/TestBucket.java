package io.riacho.compatibility;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket of one test, and what a reader finds in it. Safe for use by several threads. */
final class TestBucket implements AutoCloseable {

    private final S3Client client;
    private final String name;
    /** By key and tag, so that an object that was replaced is read anew. */
    private final Map<String, byte[]> known = new ConcurrentHashMap<>();

    private TestBucket(Target s3, String name) {
        this.client = JavaClients.s3(s3);
        this.name = name;
    }

    /** A name that no bucket has yet. */
    static TestBucket missing(Target s3) {
        return new TestBucket(s3, "compatibility-" + UUID.randomUUID());
    }

    static TestBucket created(Target s3) {
        TestBucket bucket = missing(s3);
        bucket.client.createBucket(request -> request.bucket(bucket.name));
        return bucket;
    }

    String name() {
        return name;
    }

    String arn() {
        return "arn:aws:s3:::" + name;
    }

    void put(String key, String text) {
        client.putObject(request -> request.bucket(name).key(key), RequestBody.fromString(text));
    }

    /** In the order of S3. */
    List<String> keys(String prefix) {
        return objects(prefix).stream().map(S3Object::key).toList();
    }

    byte[] bytes(String key) {
        return client.getObjectAsBytes(request -> request.bucket(name).key(key)).asByteArrayUnsafe();
    }

    /** The lines of each object by its key; what is compressed by GZIP, which its extension tells, is expanded. */
    Map<String, List<String>> objectsOfLines(String prefix) {
        Map<String, List<String>> lines = new LinkedHashMap<>();
        for (S3Object object : objects(prefix)) {
            byte[] bytes = known.computeIfAbsent(object.key() + " " + object.eTag(), _ -> bytes(object.key()));
            lines.put(object.key(), text(object.key(), bytes).lines().toList());
        }
        return lines;
    }

    List<String> lines(String prefix) {
        return objectsOfLines(prefix).values().stream().flatMap(List::stream).toList();
    }

    /** Waits until there are so many lines at the least, and returns all that there are. */
    List<String> awaitLines(String prefix, int count) {
        Pause.until(count + " lines are under " + prefix, () -> lines(prefix).size() >= count);
        return lines(prefix);
    }

    @Override
    public void close() {
        client.close();
    }

    private List<S3Object> objects(String prefix) {
        return client.listObjectsV2Paginator(request -> request.bucket(name).prefix(prefix)).contents().stream()
                .toList();
    }

    private static String text(String key, byte[] bytes) {
        if (!key.endsWith(".gz")) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        try (GZIPInputStream expanded = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(expanded.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
