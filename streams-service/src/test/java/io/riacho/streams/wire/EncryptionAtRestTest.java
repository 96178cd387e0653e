package io.riacho.streams.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.streams.TestKeyService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Writes what can be recognised to encrypted streams, and looks for it in every file and every table. */
class EncryptionAtRestTest {

    private static final int WRITERS = 4;
    private static final int REQUESTS = 25;
    private static final int RECORDS = 40;
    private static final String DATA = "KNOWN-PLAINTEXT-OF-THE-DATA";
    private static final String PARTITION_KEY = "KNOWN-PLAINTEXT-OF-THE-KEY";

    private final WireServer server = WireServer.ofItsOwn(
            "--riacho.streams.transition=1ms",
            "--riacho.streams.limits.enabled=false",
            "--riacho.streams.log.journal-file-size=16MB",
            "--riacho.streams.log.segment-size=256KB");

    private String encrypted(String keyId) {
        String stream = server.createStream(3);
        server.call("StartStreamEncryption", "StreamName", stream, "EncryptionType", "KMS", "KeyId", keyId)
                .isEmpty();
        server.awaitActive(stream);
        return stream;
    }

    private void put(String stream, int writer) {
        for (int request = 0; request < REQUESTS; request++) {
            List<Object> json = new ArrayList<>();
            List<Object> cbor = new ArrayList<>();
            for (int i = 0; i < RECORDS; i++) {
                byte[] data =
                        (DATA + writer + "." + request + "." + i).repeat(10).getBytes(UTF_8);
                String key = PARTITION_KEY + writer + "." + request + "." + i;
                json.add(WireServer.object(
                        "PartitionKey", key, "Data", Base64.getEncoder().encodeToString(data)));
                cbor.add(WireServer.object("PartitionKey", key, "Data", data));
            }
            WireAnswer answer = request % 2 == 0
                    ? server.call("PutRecords", "StreamName", stream, "Records", json)
                    : server.callCbor("PutRecords", "StreamName", stream, "Records", cbor);
            assertThat(answer.status()).isEqualTo(200);
        }
    }

    private void load(List<String> streams) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writers = new ArrayList<>();
            for (String stream : streams) {
                for (int i = 0; i < WRITERS; i++) {
                    int writer = i;
                    writers.add(threads.submit(() -> put(stream, writer)));
                }
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
    }

    /** What of it is found, and where. */
    private TreeSet<String> found(List<String> secrets) {
        TreeSet<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(server.folder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                search(new String(Files.readAllBytes(file), ISO_8859_1), secrets, file.toString(), found);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> tables =
                server.jdbc().sql("""
                        select quote_ident(table_schema) || '.' || quote_ident(table_name)
                        from information_schema.tables
                        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')""").query((row, _) -> row.getString(1)).list();
        assertThat(tables).contains("streams.stream", "streams.data_key");
        for (String table : tables) {
            server.jdbc()
                    .sql("select t::text from " + table + " t")
                    .query((row, _) -> row.getString(1))
                    .list()
                    .forEach(row -> search(row, secrets, table, found));
        }
        return found;
    }

    private static void search(String text, List<String> secrets, String place, TreeSet<String> found) {
        for (String secret : secrets) {
            byte[] bytes = secret.getBytes(ISO_8859_1);
            if (text.contains(secret)
                    || text.contains(HexFormat.of().formatHex(bytes))
                    || text.contains(Base64.getEncoder().withoutPadding().encodeToString(bytes))) {
                found.add(place.substring(place.lastIndexOf('.') + 1) + " has " + secret);
            }
        }
    }

    @Test
    void nothingOfEncryptedStreamsIsFoundInAnyFileOrTable() throws Exception {
        TestKeyService kms = server.kms();
        List<String> streams =
                List.of(encrypted(kms.create()), encrypted(kms.create()), encrypted(TestKeyService.MANAGED));
        load(streams);
        List<String> secrets = new ArrayList<>(List.of(DATA, PARTITION_KEY));
        kms.dataKeys().forEach(key -> secrets.add(new String(key, ISO_8859_1)));
        assertThat(kms.dataKeys()).hasSizeGreaterThanOrEqualTo(3);

        assertThat(found(secrets)).as("in the journal").isEmpty();
        server.log().flush();
        load(streams.subList(0, 1));
        assertThat(found(secrets)).as("in journal and segments").isEmpty();
        long stored = server.log().statistics().appendedRecords();
        assertThat(stored).isEqualTo(4L * WRITERS * REQUESTS * RECORDS);

        String plain = server.createStream(1);
        put(plain, 0);
        server.stop();
        TreeSet<String> ofThePlainStream = found(secrets);
        assertThat(ofThePlainStream)
                .as("only the plain stream's, which shows that the search finds what is there")
                .contains("segment has " + DATA, "segment has " + PARTITION_KEY)
                .isSubsetOf(
                        "segment has " + DATA,
                        "segment has " + PARTITION_KEY,
                        "journal has " + DATA,
                        "journal has " + PARTITION_KEY);
    }
}
