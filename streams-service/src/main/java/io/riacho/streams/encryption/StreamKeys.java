package io.riacho.streams.encryption;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.riacho.log.BatchCipher;
import io.riacho.log.KeyUnavailableException;
import io.riacho.log.OpeningKeys;
import io.riacho.log.SealingKey;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.key.DataKey;
import io.riacho.protocol.key.KeyDescription;
import io.riacho.protocol.key.KeyException;
import io.riacho.protocol.key.KeyService;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamNaming;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The data keys of encrypted streams: each stream has its own, wrapped by its KMS key and bound to the stream's ARN. A
 * key is stored before anything is sealed with it. Each process begins with fresh ones, as it does not know how much was
 * sealed with the last ones. Safe for use by many threads.
 */
public final class StreamKeys implements OpeningKeys {

    private static final Duration UNWRAPPED = Duration.ofMinutes(5);
    private static final Duration UNWRAPPED_FRESH = Duration.ofMinutes(4);
    private static final int MOST_CURRENT = 100_000;
    private static final int LOCKS = 64;

    private record Unwrapped(StoredKey stored, BatchCipher cipher) {}

    private final KeyService kms;
    private final KeyStates states;
    private final DataKeyStore store;
    private final StreamNaming naming;
    private final InstantSource clock;
    private final KeyCache<Long, Unwrapped> unwrapped;
    private final Cache<Long, CurrentKey> current;
    private final ReentrantLock[] locks = new ReentrantLock[LOCKS];

    /** @param nanoTime what tells how long something is cached */
    public StreamKeys(
            KeyService kms,
            KeyStates states,
            DataKeyStore store,
            StreamNaming naming,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.kms = kms;
        this.states = states;
        this.store = store;
        this.naming = naming;
        this.clock = clock;
        unwrapped = new KeyCache<>(UNWRAPPED, UNWRAPPED_FRESH, nanoTime, this::unwrap);
        current = Caffeine.newBuilder()
                .maximumSize(MOST_CURRENT)
                .expireAfterAccess(CurrentKey.MOST_AGE)
                .ticker(nanoTime::getAsLong)
                .build();
        Arrays.setAll(locks, _ -> new ReentrantLock());
    }

    /**
     * What the stream's new records are to be sealed with; null where it is not encrypted.
     *
     * @throws AwsException a KMS… error where the stream's KMS key cannot be used
     */
    public @Nullable SealingKey sealing(Stream stream) {
        String keyId = stream.encryption().keyId();
        return keyId == null ? null : sealing(stream, keyId);
    }

    /** Sees to it that the stream's records can be sealed under the key, and makes a data key for them. */
    void prepare(Stream stream, String keyId) {
        SealingKey unused = sealing(stream, keyId);
    }

    private SealingKey sealing(Stream stream, String keyId) {
        KeyDescription key = states.requireEnabled(keyId);
        CurrentKey known = current.getIfPresent(stream.id());
        if (known == null || !known.isGood(keyId, key.arn(), clock.instant())) {
            known = renewed(stream, keyId, key.arn());
        }
        return known.sealingKey(unwrapped(known.id()).cipher());
    }

    private CurrentKey renewed(Stream stream, String keyId, String keyArn) {
        ReentrantLock lock = locks[(int) (stream.id() % LOCKS)];
        lock.lock();
        try {
            CurrentKey known = current.getIfPresent(stream.id());
            if (known != null && known.isGood(keyId, keyArn, clock.instant())) {
                return known;
            }
            DataKey made = kms.generateDataKey(keyArn, StoredKey.context(stream.arn()));
            StoredKey stored = store.insert(stream.id(), stream.name(), keyId, made, clock.instant())
                    .orElseThrow(() -> KinesisErrors.streamNotFound(stream.name(), naming.accountId()));
            BatchCipher cipher = new AesGcm(made.plaintext());
            unwrapped.put(stored.id(), new Unwrapped(stored, cipher));
            CurrentKey fresh = new CurrentKey(stored, cipher);
            current.put(stream.id(), fresh);
            return fresh;
        } catch (KeyException e) {
            throw KeyErrors.of(e);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public BatchCipher find(long id) {
        try {
            Unwrapped key = unwrapped(id);
            states.requireEnabled(key.stored().keyArn());
            return key.cipher();
        } catch (AwsException e) {
            throw new KeyUnavailableException(id, e.getMessage(), e);
        }
    }

    /** Of which KMS key a data key is that records were just opened with. */
    StoredKey stored(long id) {
        return unwrapped(id).stored();
    }

    private Unwrapped unwrapped(long id) {
        try {
            return unwrapped.get(id);
        } catch (KeyException e) {
            throw KeyErrors.of(e);
        }
    }

    private Unwrapped unwrap(long id) {
        StoredKey stored =
                store.find(id).orElseThrow(() -> new KeyUnavailableException(id, "it is not in the database", null));
        byte[] key = kms.unwrap(stored.wrapped(), StoredKey.context(naming.arnOf(stored.streamName())));
        return new Unwrapped(stored, new AesGcm(key));
    }
}
