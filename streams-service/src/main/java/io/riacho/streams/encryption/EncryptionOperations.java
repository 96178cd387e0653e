package io.riacho.streams.encryption;

import io.riacho.protocol.RequestContext;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.limit.LimitSettings;
import io.riacho.streams.stream.RecentCalls;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamEncryption;
import io.riacho.streams.stream.StreamLifecycle;
import io.riacho.streams.stream.StreamResolver;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.awssdk.services.kinesis.model.StartStreamEncryptionRequest;
import software.amazon.awssdk.services.kinesis.model.StopStreamEncryptionRequest;

/** StartStreamEncryption and StopStreamEncryption. */
public final class EncryptionOperations {

    /** In 24 hours, for a stream; for starts and for stops. */
    private static final int MOST_CALLS = 25;

    private final StreamResolver resolver;
    private final StreamLifecycle lifecycle;
    private final StreamKeys keys;
    private final KeyAccess access;
    private final LimitSettings limits;
    private final InstantSource clock;

    public EncryptionOperations(
            StreamResolver resolver,
            StreamLifecycle lifecycle,
            StreamKeys keys,
            KeyAccess access,
            LimitSettings limits,
            InstantSource clock) {
        this.resolver = resolver;
        this.lifecycle = lifecycle;
        this.keys = keys;
        this.access = access;
        this.limits = limits;
        this.clock = clock;
    }

    public void startStreamEncryption(StartStreamEncryptionRequest request, RequestContext context) {
        checkType(request.encryptionType());
        Stream found = resolver.resolveActive(request.streamName(), request.streamARN(), request.streamId());
        String keyId = request.keyId();
        checkLimit(found, found.encryption().starts());
        access.requireSealing(context, found, keyId);
        keys.prepare(found, keyId);
        lifecycle.update(found, stream -> {
            resolver.requireActive(stream);
            StreamEncryption before = stream.encryption();
            checkLimit(stream, before.starts());
            return stream.changed()
                    .encryption(new StreamEncryption(
                            keyId, RecentCalls.with(before.starts(), clock.instant()), before.stops()))
                    .done();
        });
    }

    /** Needs no key: of a stream whose key is gone it can be stopped, too. */
    public void stopStreamEncryption(StopStreamEncryptionRequest request) {
        checkType(request.encryptionType());
        Stream found = resolver.resolveActive(request.streamName(), request.streamARN(), request.streamId());
        lifecycle.update(found, stream -> {
            resolver.requireActive(stream);
            StreamEncryption before = stream.encryption();
            String keyId = before.keyId();
            if (keyId == null) {
                return stream;
            }
            if (!keyId.equals(request.keyId())) {
                throw KinesisErrors.invalidArgument("Stream " + stream.name() + " is encrypted with KMS key " + keyId
                        + ", not with " + request.keyId() + ".");
            }
            checkLimit(stream, before.stops());
            return stream.changed()
                    .encryption(new StreamEncryption(
                            null, before.starts(), RecentCalls.with(before.stops(), clock.instant())))
                    .done();
        });
    }

    private static void checkType(EncryptionType type) {
        if (type != EncryptionType.KMS) {
            throw KinesisErrors.invalidArgument("EncryptionType " + type + " is not valid here. It must be KMS.");
        }
    }

    private void checkLimit(Stream stream, List<Instant> calls) {
        if (limits.enabled() && RecentCalls.of(calls, clock.instant()).size() >= MOST_CALLS) {
            throw KinesisErrors.limitExceeded("Encryption of stream " + stream.name() + " can be started, and stopped, "
                    + MOST_CALLS + " times in 24 hours.");
        }
    }
}
