package io.riacho.firehose.destination.redshift;

import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.destination.s3.S3Objects;
import io.riacho.firehose.prefix.ObjectKeys;
import io.riacho.firehose.prefix.PrefixException;
import io.riacho.firehose.record.DeliveryRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a {@code COPY} reads: the object with a delivery's records, one behind the other, and the manifest that names it. A delivery that
 * comes again replaces both.
 */
final class StagedDelivery {

    private static final JsonMapper JSON = new JsonMapper();

    private final S3Objects objects;
    private final String bucket;
    private final ObjectKeys records;
    private final ObjectKeys manifests;
    private final ObjectKeys failedManifests;
    private final boolean gzip;

    StagedDelivery(S3Objects objects, String bucket, @Nullable String prefix, boolean gzip) {
        this.objects = objects;
        this.bucket = bucket;
        this.records = ObjectKeys.of(prefix, null, null);
        this.manifests = ObjectKeys.of("manifests/", null, null);
        this.failedManifests = ObjectKeys.of("errors/manifests/", null, null);
        this.gzip = gzip;
    }

    /** Puts both there. */
    void put(Delivery delivery) throws DeliveryException, InterruptedException {
        objects.put(bucket, key(records, delivery), "application/octet-stream", out -> write(delivery, out));
        putManifest(manifests, delivery);
    }

    /** The manifest's place, as {@code COPY} is told it. */
    String manifest(Delivery delivery) throws DeliveryException {
        return "s3://" + bucket + "/" + key(manifests, delivery);
    }

    /** Puts the manifest where AWS puts those of what could not be loaded, for somebody to load by hand. */
    void putFailedManifest(Delivery delivery) throws DeliveryException, InterruptedException {
        putManifest(failedManifests, delivery);
    }

    private void putManifest(ObjectKeys keys, Delivery delivery) throws DeliveryException, InterruptedException {
        byte[] manifest = JSON.writeValueAsBytes(Map.of(
                "entries", List.of(Map.of("url", "s3://" + bucket + "/" + key(records, delivery), "mandatory", true))));
        objects.put(bucket, key(keys, delivery), "application/json", out -> out.write(manifest));
    }

    private void write(Delivery delivery, OutputStream out) throws IOException {
        if (!gzip) {
            writeAll(delivery, out);
            return;
        }
        GZIPOutputStream compressed = new GZIPOutputStream(out, 64 * 1024);
        writeAll(delivery, compressed);
        compressed.finish();
    }

    private static void writeAll(Delivery delivery, OutputStream out) throws IOException {
        for (DeliveryRecord record : delivery.records()) {
            out.write(record.data());
        }
    }

    private static String key(ObjectKeys keys, Delivery delivery) throws DeliveryException {
        try {
            return keys.key(delivery, "");
        } catch (PrefixException e) {
            throw DeliveryException.permanent("S3.InvalidPrefix", String.valueOf(e.getMessage()), null);
        }
    }
}
