package io.riacho.streams.encryption;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.key.KeyDescription;
import io.riacho.streams.stream.Stream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who puts to an encrypted stream, or reads from it, needs the permission to use its KMS key, too. The key that AWS
 * manages for Kinesis needs nothing more than access to the stream.
 *
 * @see <a href="https://docs.aws.amazon.com/streams/latest/dev/permissions-user-key-KMS.html">permissions to use
 *     user-generated KMS keys</a>
 */
public final class KeyAccess {

    private static final String MANAGED = "alias/aws/kinesis";

    private final KeyStates states;
    private final StreamKeys keys;

    public KeyAccess(KeyStates states, StreamKeys keys) {
        this.states = states;
        this.keys = keys;
    }

    /** @throws AwsException KMSAccessDeniedException where the caller may not put to the stream because of its key */
    public void requireSealing(RequestContext context, Stream stream) {
        String keyId = stream.encryption().keyId();
        if (keyId != null) {
            requireSealing(context, stream, keyId);
        }
    }

    void requireSealing(RequestContext context, Stream stream, String keyId) {
        require(context, "kms:GenerateDataKey", stream, keyId, keyId);
    }

    /** For the key that the stream's new records are sealed with. Records under others are asked for one by one. */
    public Opening opening(RequestContext context, Stream stream) {
        Opening opening = new Opening(context, stream);
        String keyId = stream.encryption().keyId();
        if (keyId != null) {
            require(context, "kms:Decrypt", stream, keyId, keyId);
            opening.granted = keyId;
        }
        return opening;
    }

    /** @throws AwsException a KMS… error where the key of the stream's new records cannot be used at this time */
    public void requireUsable(Stream stream) {
        String keyId = stream.encryption().keyId();
        if (keyId != null) {
            KeyDescription unused = states.requireEnabled(keyId);
        }
    }

    /** What one request may open. Not thread-safe. */
    public final class Opening {

        private final RequestContext context;
        private final Stream stream;
        private @Nullable String granted;
        private long last = -1;

        private Opening(RequestContext context, Stream stream) {
            this.context = context;
            this.stream = stream;
        }

        /**
         * @param dataKey that a record was opened with
         * @throws AwsException KMSAccessDeniedException where the caller may not read it
         */
        public void require(long dataKey) {
            if (dataKey == last) {
                return;
            }
            StoredKey key = keys.stored(dataKey);
            if (!key.keyId().equals(granted)
                    || !states.describe(key.keyId()).arn().equals(key.keyArn())) {
                KeyAccess.this.require(context, "kms:Decrypt", stream, key.keyId(), key.keyArn());
            }
            last = dataKey;
        }
    }

    /**
     * @param keyId as the stream's owner named the key
     * @param key the key itself, which an alias need not name any more
     */
    private void require(RequestContext context, String action, Stream stream, String keyId, String key) {
        if (keyId.equals(MANAGED) || keyId.endsWith(":" + MANAGED)) {
            return;
        }
        KeyDescription described = states.describe(key);
        Map<String, List<String>> conditions = Map.of(
                "kms:viaservice",
                List.of("kinesis." + context.region() + ".amazonaws.com"),
                "kms:calleraccount",
                List.of(context.accountId()),
                "kms:encryptioncontextkeys",
                List.of(StoredKey.CONTEXT),
                "kms:encryptioncontext:" + StoredKey.CONTEXT,
                List.of(stream.arn()));
        try {
            context.require(new Permission(
                    action, described.arn(), described.accountId(), conditions, described.policy(), true));
        } catch (AwsException e) {
            throw KeyErrors.accessDenied(e.getMessage());
        }
    }
}
