package io.riacho.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.protocol.key.DataKey;
import io.riacho.protocol.key.KeyDescription;
import io.riacho.protocol.key.KeyException;
import io.riacho.protocol.key.KeyException.Reason;
import io.riacho.protocol.key.KeyService;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A small KMS in memory: keys that really wrap, with states, aliases, rotation and policies. */
public final class TestKeyService implements KeyService {

    public static final String ACCOUNT = "123456789012";
    public static final String MANAGED = "alias/aws/kinesis";

    private static final String ARN = "arn:aws:kms:eu-central-1:" + ACCOUNT + ":";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String LETS_THE_ACCOUNT_DECIDE = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "kms:*", "Resource": "*",
              "Principal": {"AWS": "arn:aws:iam::%s:root"}}]}""".formatted(ACCOUNT);

    private final RandomGenerator materials;
    private final Map<String, Key> keys = new ConcurrentHashMap<>();
    private final Map<String, String> aliases = new ConcurrentHashMap<>();
    private final AtomicInteger names = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();
    private final List<byte[]> dataKeys = new CopyOnWriteArrayList<>();
    private volatile @Nullable Reason outage;
    private volatile boolean isUnwrapping = true;

    private static final class Key {
        private final List<byte[]> material = new CopyOnWriteArrayList<>();
        private volatile String state = "Enabled";
        private volatile String policy = LETS_THE_ACCOUNT_DECIDE;
    }

    public TestKeyService() {
        this(RANDOM);
    }

    /** One whose keys are the same each time that it is made with the seed. */
    public TestKeyService(long seed) {
        this(new Random(seed));
    }

    private TestKeyService(RandomGenerator materials) {
        this.materials = materials;
        aliases.put(MANAGED, create());
    }

    /** Makes a key; gives its ARN. */
    public String create() {
        String arn = ARN + "key/00000000-0000-4000-8000-" + "%012d".formatted(names.incrementAndGet());
        keys.put(arn, new Key());
        rotate(arn);
        return arn;
    }

    public void name(String alias, String arn) {
        aliases.put(alias, arn);
    }

    public void state(String arn, String state) {
        find(arn).state = state;
    }

    public void policy(String arn, String policy) {
        find(arn).policy = policy;
    }

    public void forget(String arn) {
        keys.remove(arn);
    }

    public void rotate(String arn) {
        byte[] fresh = new byte[KEY_BYTES];
        materials.nextBytes(fresh);
        find(arn).material.add(fresh);
    }

    /** Has every call fail, or none. */
    public void outage(@Nullable Reason reason) {
        outage = reason;
    }

    /** Has it refuse to unwrap data keys, and do all else. */
    public void unwrapping(boolean allowed) {
        isUnwrapping = allowed;
    }

    /** How often it was asked for anything. */
    public int calls() {
        return calls.get();
    }

    /** Every data key that it ever gave out, in the clear. */
    public List<byte[]> dataKeys() {
        return new ArrayList<>(dataKeys);
    }

    @Override
    public KeyDescription describe(String keyId) {
        asked();
        String arn = arn(keyId);
        Key key = find(arn);
        return new KeyDescription(
                arn, ACCOUNT, key.state, new NamedPolicy(arn, PolicyDocument.parse(key.policy, PolicyKind.RESOURCE)));
    }

    @Override
    public DataKey generateDataKey(String keyId, Map<String, String> context) {
        asked();
        String arn = arn(keyId);
        Key key = enabled(arn);
        byte[] plaintext = new byte[KEY_BYTES];
        RANDOM.nextBytes(plaintext);
        dataKeys.add(plaintext.clone());
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        int version = key.material.size() - 1;
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key.material.get(version), nonce, context)
                    .doFinal(plaintext);
            byte[] name = arn.getBytes(UTF_8);
            return new DataKey(
                    arn,
                    plaintext,
                    ByteBuffer.allocate(2 + name.length + NONCE_BYTES + sealed.length)
                            .put((byte) name.length)
                            .put(name)
                            .put((byte) version)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public byte[] unwrap(byte[] wrapped, Map<String, String> context) {
        asked();
        if (!isUnwrapping) {
            throw new KeyException(Reason.ACCESS_DENIED, "Nothing is unwrapped.");
        }
        ByteBuffer buffer = ByteBuffer.wrap(wrapped);
        byte[] name = new byte[buffer.get()];
        buffer.get(name);
        Key key = enabled(new String(name, UTF_8));
        byte[] material = key.material.get(buffer.get());
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(nonce);
        byte[] sealed = new byte[buffer.remaining()];
        buffer.get(sealed);
        try {
            return cipher(Cipher.DECRYPT_MODE, material, nonce, context).doFinal(sealed);
        } catch (AEADBadTagException e) {
            throw new KeyException(Reason.ACCESS_DENIED, "The context is another one.");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void asked() {
        calls.incrementAndGet();
        Reason reason = outage;
        if (reason != null) {
            throw new KeyException(reason, "KMS is " + reason + ".");
        }
    }

    private String arn(String keyId) {
        if (keyId.startsWith("alias/")) {
            return aliases.getOrDefault(keyId, keyId);
        }
        return keyId.startsWith("arn:") ? keyId : ARN + "key/" + keyId;
    }

    private Key enabled(String arn) {
        Key key = find(arn);
        switch (key.state) {
            case "Enabled" -> {}
            case "Disabled" -> throw new KeyException(Reason.DISABLED, arn + " is disabled.");
            default -> throw new KeyException(Reason.INVALID_STATE, arn + " is " + key.state + ".");
        }
        return key;
    }

    private Key find(String arn) {
        Key key = keys.get(arn);
        if (key == null) {
            throw new KeyException(Reason.NOT_FOUND, "Key '" + arn + "' does not exist");
        }
        return key;
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, Map<String, String> context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        cipher.updateAAD(new TreeMap<>(context).toString().getBytes(UTF_8));
        return cipher;
    }
}
