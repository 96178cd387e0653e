package io.riacho.streams.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.log.KeyUnavailableException;
import io.riacho.log.LogChunk;
import io.riacho.log.SealingKey;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.key.KeyException.Reason;
import io.riacho.streams.StreamsUnderTest;
import io.riacho.streams.TestKeyService;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.stream.Stream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.model.DeleteStreamRequest;

/** Data keys over a real PostgreSQL and a real log, on a clock that is moved. */
class StreamKeysTest {

    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static StreamsUnderTest service;

    private final String name = "encrypted-" + NAMES.incrementAndGet();

    @SuppressWarnings("NullAway.Init")
    private String key;

    @SuppressWarnings("NullAway.Init")
    private Stream stream;

    @BeforeAll
    static void start() {
        service = new StreamsUnderTest(folder, StreamsUnderTest.A_MOMENT);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void encrypt() {
        key = service.kms().create();
        Stream unused = service.create(name, 1);
        stream = service.encrypt(name, key);
    }

    @AfterEach
    void kmsIsThere() {
        service.kms().outage(null);
    }

    private SealingKey sealing() {
        return Objects.requireNonNull(service.keys().sealing(stream));
    }

    private Shard shard() {
        return stream.shards().open().getFirst();
    }

    private void put(String data) {
        long unused = service.put(shard(), "key", data, sealing());
    }

    private List<String> read() {
        return service.read(shard()).stream().map(StreamsUnderTest.Read::data).toList();
    }

    private List<Long> storedKeys() {
        return service.jdbc()
                .sql("select id from streams.data_key where stream_id = :stream order by id")
                .param("stream", stream.id())
                .query((row, _) -> row.getLong(1))
                .list();
    }

    private void advance(Duration time) {
        service.clock().advance(time);
    }

    private static String errorOf(Runnable work) {
        try {
            work.run();
            return "none";
        } catch (AwsException e) {
            return e.type();
        } catch (KeyUnavailableException e) {
            return KeyErrors.of(e).type();
        }
    }

    @Test
    void aStreamThatIsNotEncryptedHasNoKey() {
        Stream plain = service.create(name + "-plain", 1);

        assertThat(service.keys().sealing(plain)).isNull();
    }

    @Test
    void aKeyIsStoredBeforeAnythingIsSealedWithIt() {
        assertThat(storedKeys()).isEmpty();

        SealingKey sealing = sealing();

        assertThat(storedKeys()).containsExactly(sealing.id());
    }

    @Test
    void eachStreamHasAKeyOfItsOwn() {
        Stream unused = service.create(name + "-other", 1);
        Stream other = service.encrypt(name + "-other", key);

        assertThat(Objects.requireNonNull(service.keys().sealing(other)).id())
                .isNotEqualTo(sealing().id());
    }

    @Test
    void whileEverythingIsCachedNobodyIsAsked() {
        put("a");
        int calls = service.kms().calls();
        service.jdbc()
                .sql("alter table streams.data_key rename to data_key_hidden")
                .update();
        try {
            for (int i = 0; i < 100; i++) {
                put("b");
                assertThat(read()).hasSize(i + 2);
            }
        } finally {
            service.jdbc()
                    .sql("alter table streams.data_key_hidden rename to data_key")
                    .update();
        }
        assertThat(service.kms().calls()).isEqualTo(calls);
    }

    @Test
    void anUnwrappedKeyIsUsedForFiveMinutesAtMost() {
        put("a");
        advance(Duration.ofMinutes(3));
        put("b");
        int before = service.kms().calls();
        advance(Duration.ofMinutes(5).plusSeconds(1));
        put("c");

        assertThat(service.kms().calls() - before)
                .as("described and unwrapped again")
                .isEqualTo(2);
        assertThat(read()).containsExactly("a", "b", "c");
    }

    @Test
    void anUnwrappedKeyIsNotUsedForLongerWhereKmsUnwrapsNoMore() {
        put("a");
        service.kms().unwrapping(false);
        try {
            advance(Duration.ofMinutes(5).minusSeconds(1));
            assertThat(errorOf(this::sealing)).isEqualTo("none");

            advance(Duration.ofSeconds(2));
            assertThat(errorOf(this::sealing)).isEqualTo("KMSAccessDeniedException");
        } finally {
            service.kms().unwrapping(true);
        }
        assertThat(errorOf(this::sealing)).isEqualTo("none");
    }

    @Test
    void aDataKeyIsUsedForADay() {
        SealingKey first = sealing();
        advance(Duration.ofHours(23));
        assertThat(sealing().id()).isEqualTo(first.id());
        put("old");
        advance(Duration.ofHours(1));
        put("new");

        assertThat(storedKeys()).hasSize(2).contains(first.id());
        assertThat(read()).containsExactly("old", "new");
    }

    @Test
    void aDataKeyIsUsedForSoManyBatches() {
        CurrentKey current = (CurrentKey) sealing().cipher();
        current.count(CurrentKey.MOST_BATCHES - 1, 0);
        assertThat(sealing().id()).isEqualTo(current.id());
        put("one more");

        assertThat(sealing().id()).isNotEqualTo(current.id());
    }

    @Test
    void aDataKeyIsUsedForSoMuchData() {
        CurrentKey current = (CurrentKey) sealing().cipher();
        current.count(1, CurrentKey.MOST_BYTES);

        assertThat(sealing().id()).isNotEqualTo(current.id());
    }

    @Test
    void recordsStayReadableWhenTheKmsKeyIsRotated() {
        put("old");
        service.kms().rotate(key);
        service.restart(StreamsUnderTest.A_MOMENT);
        stream = service.stream(name);
        put("new");

        assertThat(read()).containsExactly("old", "new");
        assertThat(storedKeys()).as("each process has its own").hasSize(2);
    }

    @Test
    void anAliasThatIsMovedNamesTheKeyOfNewRecords() {
        service.kms().name("alias/moving", key);
        stream = service.encrypt(name, "alias/moving");
        put("old");
        String next = service.kms().create();
        service.kms().name("alias/moving", next);
        advance(Duration.ofSeconds(5));
        put("new");
        service.kms().state(key, "Disabled");
        advance(Duration.ofSeconds(5));

        LogChunk chunk = service.log().newChunk();
        assertThatThrownBy(() -> service.log().read(shard().number(), 0, Long.MIN_VALUE, 1 << 16, chunk))
                .isInstanceOf(KeyUnavailableException.class);
        service.log().read(shard().number(), 1, Long.MIN_VALUE, 1 << 16, chunk);
        assertThat(chunk.next()).isTrue();
    }

    @Test
    void aDisabledKeyIsRefusedWithinFiveSeconds() {
        put("a");
        service.kms().state(key, "Disabled");
        advance(Duration.ofSeconds(5));

        assertThat(errorOf(this::sealing)).isEqualTo("KMSDisabledException");
        assertThat(errorOf(this::read)).isEqualTo("KMSDisabledException");

        service.kms().state(key, "Enabled");
        advance(Duration.ofSeconds(5));
        put("b");
        assertThat(read()).containsExactly("a", "b");
        assertThat(service.log().statistics().damagedPlaces()).isZero();
    }

    @Test
    void aKeyThatIsToBeDeletedIsInNoStateToBeUsed() {
        put("a");
        service.kms().state(key, "PendingDeletion");
        advance(Duration.ofSeconds(5));

        assertThat(errorOf(this::sealing)).isEqualTo("KMSInvalidStateException");
        assertThat(errorOf(this::read)).isEqualTo("KMSInvalidStateException");
    }

    @Test
    void aKeyThatIsGoneIsNotFound() {
        put("a");
        service.kms().forget(key);
        advance(Duration.ofSeconds(5));

        assertThat(errorOf(this::sealing)).isEqualTo("KMSNotFoundException");
        assertThat(errorOf(this::read)).isEqualTo("KMSNotFoundException");
    }

    @Test
    void throttlingIsToldAsSuch() {
        service.kms().outage(Reason.THROTTLED);
        advance(Duration.ofSeconds(5));

        assertThat(errorOf(this::sealing)).isEqualTo("KMSThrottlingException");
        service.kms().outage(null);
        assertThat(errorOf(this::sealing)).as("at once").isEqualTo("none");
    }

    @Test
    void aKmsThatCannotBeReachedIsNoMistakeOfTheCallers() {
        service.kms().outage(Reason.UNAVAILABLE);
        advance(Duration.ofSeconds(5));

        assertThat(errorOf(this::sealing)).isEqualTo("InternalFailureException");
    }

    @Test
    void aServerWithoutKmsSaysSo() {
        AbsentKeys none = new AbsentKeys();
        StreamKeys keys = new StreamKeys(
                none,
                new KeyStates(none, service.clock()::nanoTime),
                new DataKeyStore(service.jdbc()),
                service.catalog().naming(),
                service.clock(),
                service.clock()::nanoTime);

        assertThat(errorOf(() -> keys.prepare(stream, key))).isEqualTo("KMSOptInRequired");
    }

    @Test
    void theDataKeysOfADeletedStreamAreDeleted() {
        put("a");
        assertThat(storedKeys()).hasSize(1);

        service.streamOperations()
                .deleteStream(DeleteStreamRequest.builder().streamName(name).build());

        StreamsUnderTest.await(() -> service.catalog().find(name).isEmpty());
        assertThat(storedKeys()).isEmpty();
    }

    @Test
    void aStreamThatIsGoneGetsNoKey() {
        service.streamOperations()
                .deleteStream(DeleteStreamRequest.builder().streamName(name).build());
        StreamsUnderTest.await(() -> service.catalog().find(name).isEmpty());

        assertThat(errorOf(this::sealing)).isEqualTo("ResourceNotFoundException");
    }

    @Test
    void aWrappedKeyOfAnotherStreamIsOfNoUse() {
        Stream unused = service.create(name + "-thief", 1);
        Stream thief = service.encrypt(name + "-thief", key);
        put("secret");
        int moved = service.jdbc()
                .sql("update streams.data_key set stream_id = :thief where stream_id = :stream")
                .param("thief", thief.id())
                .param("stream", stream.id())
                .update();
        assertThat(moved).isEqualTo(1);
        service.restart(StreamsUnderTest.A_MOMENT);

        assertThat(errorOf(this::read)).isEqualTo("KMSAccessDeniedException");
    }

    @Test
    void keysAreNotShown() {
        SealingKey sealing = sealing();
        byte[] plaintext = service.kms().dataKeys().getLast();

        assertThat(sealing.toString() + service.keys().stored(sealing.id()))
                .doesNotContain(java.util.HexFormat.of().formatHex(plaintext))
                .doesNotContain(java.util.Arrays.toString(plaintext));
        assertThat(storedRow()).doesNotContain(java.util.HexFormat.of().formatHex(plaintext));
    }

    private String storedRow() {
        return service.jdbc()
                .sql("select k::text from streams.data_key k where stream_id = :stream")
                .param("stream", stream.id())
                .query(String.class)
                .single();
    }

    @Test
    void aManagedKeyIsUsedByItsAlias() {
        stream = service.encrypt(name, TestKeyService.MANAGED);
        put("a");
        assertThat(read()).containsExactly("a");
    }
}
