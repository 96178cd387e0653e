package io.riacho.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.protocol.signature.RootCredentials;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ObjectCannedACL;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

@SuppressWarnings("NullAway.Init")
class EmbeddedS3Test {

    private static final RootCredentials ROOT = new RootCredentials("AKIAROOT", "root-secret");
    private static final AccessKeys KEYS =
            new AccessKeys(ROOT, new AccessKeys.Service("AKIASERVICE", "service-secret"));
    private static final String BUCKET = "bucket";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    private final List<Path> forced = new CopyOnWriteArrayList<>();
    private EmbeddedS3 s3;
    private S3Client client;

    @BeforeEach
    void start() {
        s3 = EmbeddedS3.start(folder, EmbeddedS3.LOOPBACK, 0, KEYS, path -> {
            forced.add(folder.relativize(path));
            Disk.REAL.force(path);
        });
        client = client(s3.endpoint(), ROOT.accessKeyId(), ROOT.secretAccessKey());
        client.createBucket(request -> request.bucket(BUCKET));
    }

    @AfterEach
    void stop() {
        client.close();
        s3.close();
    }

    @Test
    void anObjectComesBackWithItsTypeAlsoAfterARestart() {
        client.putObject(
                request -> request.bucket(BUCKET).key("2026/11/26/12/object.gz").contentType("application/json"),
                RequestBody.fromString("content"));
        client.close();
        s3.close();
        start(EmbeddedS3.start(folder, EmbeddedS3.LOOPBACK, 0, KEYS));

        var object = client.getObjectAsBytes(request -> request.bucket(BUCKET).key("2026/11/26/12/object.gz"));

        assertThat(object.asUtf8String()).isEqualTo("content");
        assertThat(object.response().contentType()).isEqualTo("application/json");
        assertThat(keys()).containsExactly("2026/11/26/12/object.gz");
    }

    @Test
    void partsBecomeOneObject() {
        String key = "parts";
        String upload = client.createMultipartUpload(
                        request -> request.bucket(BUCKET).key(key))
                .uploadId();
        List<CompletedPart> parts = new ArrayList<>();
        for (int i = 1; i <= 2; i++) {
            int number = i;
            String tag = client.uploadPart(
                            request -> request.bucket(BUCKET)
                                    .key(key)
                                    .uploadId(upload)
                                    .partNumber(number),
                            RequestBody.fromBytes(new byte[5 * 1024 * 1024]))
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(i).eTag(tag).build());
        }
        assertThat(keys()).isEmpty();

        client.completeMultipartUpload(
                request -> request.bucket(BUCKET).key(key).uploadId(upload).multipartUpload(all -> all.parts(parts)));

        assertThat(keys()).containsExactly(key);
        assertThat(client.headObject(request -> request.bucket(BUCKET).key(key)).contentLength())
                .isEqualTo(10 * 1024 * 1024);
    }

    @Test
    void aKeyThatIsTakenIsNotWrittenAgainWhereTheCallerWantsThat() {
        put("once", "first");

        assertThatThrownBy(() -> client.putObject(
                        request -> request.bucket(BUCKET).key("once").ifNoneMatch("*"),
                        RequestBody.fromString("second")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
        assertThat(get("once")).isEqualTo("first");
    }

    @Test
    void aServiceReadsByAKeyThatIsNotTheRoots() {
        put("key", "content");

        try (S3Client service = client(s3.endpoint(), "AKIASERVICE", "service-secret");
                S3Client wrong = client(s3.endpoint(), "AKIASERVICE", ROOT.secretAccessKey())) {
            assertThat(service.getObjectAsBytes(
                                    request -> request.bucket(BUCKET).key("key"))
                            .asUtf8String())
                    .isEqualTo("content");
            assertThatThrownBy(() -> wrong.listBuckets())
                    .isInstanceOfSatisfying(
                            S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
        }
    }

    @Test
    void theKeyOfAServiceIsNotTheRoots() {
        assertThatThrownBy(() -> new AccessKeys(ROOT, new AccessKeys.Service(ROOT.accessKeyId(), "other")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whoShowsNoCredentialsIsRefused() throws Exception {
        put("key", "content");

        for (String path : List.of("/", "/healthz", "/bucket", "/bucket/key", "/bucket/key?AWSAccessKeyId=AKIAROOT")) {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(s3.endpoint().resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(path).isEqualTo(403);
            assertThat(answer.body()).contains("<Code>AccessDenied</Code>");
        }
    }

    @Test
    void aWrongSecretIsRefused() {
        try (S3Client guessing = client(s3.endpoint(), ROOT.accessKeyId(), "guess")) {
            assertThatThrownBy(guessing::listBuckets)
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("SignatureDoesNotMatch"));
        }
    }

    @Test
    void anUnknownAccessKeyIsRefused() {
        try (S3Client stranger = client(s3.endpoint(), "AKIASTRANGER", ROOT.secretAccessKey())) {
            assertThatThrownBy(stranger::listBuckets)
                    .isInstanceOfSatisfying(
                            S3Exception.class,
                            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InvalidAccessKeyId"));
        }
    }

    @Test
    void theOldSignatureIsRefused() throws Exception {
        HttpRequest old = HttpRequest.newBuilder(s3.endpoint().resolve("/bucket"))
                .header("Authorization", "AWS AKIAROOT:c2lnbmF0dXJl")
                .header("x-amz-date", "Thu, 26 Nov 2026 12:00:00 GMT")
                .build();

        assertThat(HTTP.send(old, HttpResponse.BodyHandlers.ofString()).statusCode())
                .isBetween(400, 403);
    }

    @Test
    void aPresignedAddressIsGoodAndAChangedOneIsNot() throws Exception {
        put("key", "content");
        put("other", "secret");
        URI address;
        try (S3Presigner presigner = S3Presigner.builder()
                .endpointOverride(s3.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(ROOT.accessKeyId(), ROOT.secretAccessKey())))
                .serviceConfiguration(
                        S3Configuration.builder().pathStyleAccessEnabled(true).build())
                .build()) {
            address = URI.create(presigner
                    .presignGetObject(request -> request.signatureDuration(Duration.ofMinutes(1))
                            .getObjectRequest(get -> get.bucket(BUCKET).key("key")))
                    .url()
                    .toString());
        }
        URI changed = URI.create(address.toString().replace("/key?", "/other?"));

        assertThat(body(address)).isEqualTo("content");
        assertThat(body(changed)).contains("SignatureDoesNotMatch");
    }

    @Test
    void nothingIsMadePublic() {
        assertThatThrownBy(() -> client.putObject(
                        request -> request.bucket(BUCKET).key("public").acl(ObjectCannedACL.PUBLIC_READ),
                        RequestBody.fromString("content")))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(501));
        assertThat(keys()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../escaped", "../../escaped", "a/../../../escaped", "../other/key", "/../../../../../escaped"})
    void noKeyLeadsOutOfItsBucket(String key) throws IOException {
        client.createBucket(request -> request.bucket("other"));
        Files.writeString(folder.resolve("escaped"), "outside");
        Files.writeString(folder.resolve("buckets/other/key"), "of another bucket");

        assertThatThrownBy(() -> put(key, "overwritten")).isInstanceOf(S3Exception.class);
        assertThatThrownBy(() -> get(key)).isInstanceOf(S3Exception.class);
        assertThatThrownBy(() -> client.listObjectsV2(
                                request -> request.bucket(BUCKET).prefix(key))
                        .contents()
                        .forEach(object -> get(object.key())))
                .isInstanceOf(S3Exception.class);
        assertThat(Files.readString(folder.resolve("escaped"))).isEqualTo("outside");
        assertThat(Files.readString(folder.resolve("buckets/other/key"))).isEqualTo("of another bucket");
        try (Stream<Path> all = Files.walk(folder.toAbsolutePath().getParent(), 2)) {
            assertThat(all.map(path -> path.getFileName().toString()).filter("escaped"::equals))
                    .hasSize(1);
        }
    }

    @Test
    void symbolicLinksAreNotFollowed() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        Path bucket = folder.resolve("buckets").resolve(BUCKET);
        Files.createSymbolicLink(bucket.resolve("link"), outside.resolve("secret"));
        Files.createSymbolicLink(bucket.resolve("folder"), outside);
        Files.createSymbolicLink(folder.resolve("buckets/linked"), outside);

        assertThat(keys()).isEmpty();
        assertThat(client.listBuckets().buckets()).hasSize(1);
        assertThatThrownBy(() -> get("link")).isInstanceOf(S3Exception.class);
        assertThatThrownBy(() -> get("folder/secret")).isInstanceOf(S3Exception.class);
        assertThatThrownBy(() -> put("folder/new", "content")).isInstanceOf(S3Exception.class);
        assertThatThrownBy(() -> client.getObjectAsBytes(
                        request -> request.bucket("linked").key("secret")))
                .isInstanceOf(S3Exception.class);
        try (Stream<Path> files = Files.list(outside)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void anObjectIsForcedBeforeItHasItsNameAndItsNameBeforeItIsAcknowledged() throws IOException {
        List<String> seen = new ArrayList<>();
        client.close();
        s3.close();
        start(EmbeddedS3.start(folder, EmbeddedS3.LOOPBACK, 0, KEYS, path -> {
            boolean isNamed = Files.exists(folder.resolve("buckets/bucket/new/object"));
            seen.add((path.startsWith(folder.resolve("unfinished")) ? "file" : folder.relativize(path))
                    + (isNamed ? ", named" : ""));
            Disk.REAL.force(path);
        }));

        put("new/object", "content");

        assertThat(seen).containsExactly("buckets/bucket", "file", "buckets/bucket/new, named");
    }

    @Test
    void whatIsDeletedStaysDeleted() {
        put("folder/object", "content");
        forced.clear();

        client.deleteObject(request -> request.bucket(BUCKET).key("folder/object"));

        assertThat(forced).contains(Path.of("buckets/bucket/folder"));
        assertThat(keys()).isEmpty();
    }

    @Test
    void anObjectThatWasHalfWrittenWhenTheProcessDiedIsNotThere() throws Exception {
        client.close();
        s3.close();
        Process killed = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        S3Host.class.getName(),
                        folder.toString(),
                        ROOT.accessKeyId(),
                        ROOT.secretAccessKey())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        CountDownLatch over = new CountDownLatch(1);
        Thread upload;
        try (BufferedReader output = killed.inputReader();
                WatchService watch = FileSystems.getDefault().newWatchService()) {
            folder.resolve("unfinished").register(watch, StandardWatchEventKinds.ENTRY_MODIFY);
            URI endpoint = URI.create(output.lines()
                    .filter(line -> line.startsWith("http"))
                    .findFirst()
                    .orElseThrow());
            S3Client other = client(endpoint, ROOT.accessKeyId(), ROOT.secretAccessKey());
            upload = Thread.startVirtualThread(() -> {
                assertThatThrownBy(() -> other.putObject(
                                request -> request.bucket(BUCKET).key("half"),
                                RequestBody.fromContentProvider(
                                        () -> new HalfStream(over), HalfStream.LENGTH, "application/octet-stream")))
                        .isInstanceOf(RuntimeException.class);
            });
            assertThat(watch.poll(60, TimeUnit.SECONDS)).isNotNull();
            assertThat(keysOf(other)).isEmpty();
        } finally {
            killed.destroyForcibly().waitFor();
            over.countDown();
        }
        assertThat(upload.join(Duration.ofSeconds(60))).isTrue();
        try (Stream<Path> left = Files.list(folder.resolve("unfinished"))) {
            assertThat(left).isNotEmpty();
        }

        start(EmbeddedS3.start(folder, EmbeddedS3.LOOPBACK, 0, KEYS));

        assertThat(keys()).isEmpty();
        try (Stream<Path> left = Files.list(folder.resolve("unfinished"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void keysThatCannotBeFilesAreRefusedWithAReason() {
        put("a", "a file");

        assertThatThrownBy(() -> put("a/b", "below it")).hasMessageContaining("also the beginning of another's path");
        assertThatThrownBy(() -> put("x".repeat(300), "long")).hasMessageContaining("longer than this store can keep");
    }

    @Test
    void keysMayHoldWhatPathsOfPagesMayNot() {
        String key = "a b+c%2F%25/d=é/{x}|y^[z]`\"<&>'.gz";

        put(key, "content");

        assertThat(get(key)).isEqualTo("content");
        assertThat(keys()).containsExactly(key);
    }

    @Test
    void dataIsForItsOwnerOnly() throws IOException {
        put("key", "content");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("buckets"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("buckets/bucket/key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void listensOnTheLoopbackInterfaceOnly() throws IOException {
        assertThat(s3.endpoint().getHost()).isEqualTo("127.0.0.1");
        try (Socket other = new Socket()) {
            InetSocketAddress elsewhere =
                    new InetSocketAddress("127.0.0.2", s3.endpoint().getPort());
            assertThatThrownBy(() -> other.connect(elsewhere, 1000)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void saysWhichSettingToChangeWhereThePortIsTaken() {
        int taken = s3.endpoint().getPort();

        assertThatThrownBy(() -> EmbeddedS3.start(folder.resolve("second"), EmbeddedS3.LOOPBACK, taken, KEYS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("riacho.s3.port");
    }

    private void start(EmbeddedS3 other) {
        s3 = other;
        client = client(s3.endpoint(), ROOT.accessKeyId(), ROOT.secretAccessKey());
    }

    private void put(String key, String content) {
        client.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromString(content));
    }

    private String get(String key) {
        return client.getObjectAsBytes(request -> request.bucket(BUCKET).key(key))
                .asUtf8String();
    }

    private List<String> keys() {
        return keysOf(client);
    }

    private static List<String> keysOf(S3Client client) {
        return client.listObjectsV2(request -> request.bucket(BUCKET)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private static String body(URI address) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static S3Client client(URI endpoint, String accessKeyId, String secret) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secret)))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(override -> override.retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }

    /** Gives a half of what it promises, and then nothing more while anybody waits. */
    private static final class HalfStream extends InputStream {

        static final long LENGTH = 4L * 1024 * 1024;

        private final CountDownLatch over;
        private final InputStream half = new ByteArrayInputStream(new byte[(int) (LENGTH / 2)]);

        HalfStream(CountDownLatch over) {
            this.over = over;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = half.read(bytes, offset, length);
            if (read < 0) {
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new IOException("no more");
            }
            return read;
        }
    }
}
