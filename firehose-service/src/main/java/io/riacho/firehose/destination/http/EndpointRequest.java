package io.riacho.firehose.destination.http;

import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.record.DeliveryRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * One request: records that an endpoint takes at once.
 *
 * @param id the same for the same records of the same delivery
 */
record EndpointRequest(String id, List<DeliveryRecord> records) {

    /** As AWS's specification has it. */
    static final int MOST_RECORDS = 10_000;

    private static final long LARGEST_BODY = 64L << 20;
    private static final int ENVELOPE = 200;
    private static final byte[] BEGIN_RECORD = bytes("{\"data\":\"");
    private static final byte[] END_RECORD = bytes("\"}");
    private static final byte[] COMMA = bytes(",");
    private static final byte[] END = bytes("]}");

    /** The delivery in as few requests as the specification allows. One record is in one request, however large it is. */
    static List<EndpointRequest> of(Delivery delivery) {
        List<EndpointRequest> requests = new ArrayList<>();
        List<DeliveryRecord> records = new ArrayList<>();
        long size = ENVELOPE;
        for (DeliveryRecord record : delivery.records()) {
            long more = size(record);
            if (!records.isEmpty() && (records.size() == MOST_RECORDS || size + more > LARGEST_BODY)) {
                requests.add(new EndpointRequest(id(delivery, records), List.copyOf(records)));
                records.clear();
                size = ENVELOPE;
            }
            records.add(record);
            size += more;
        }
        requests.add(new EndpointRequest(id(delivery, records), List.copyOf(records)));
        return requests;
    }

    /**
     * Not the delivery's own id: when some of its requests have been taken, what is left has that id, too, and an endpoint
     * that knows requests by their ids must not take the one for the other.
     */
    private static String id(Delivery delivery, List<DeliveryRecord> records) {
        String of = delivery.id() + "/" + records.getFirst().id() + "/"
                + records.getLast().id();
        return UUID.nameUUIDFromBytes(bytes(of)).toString();
    }

    private static long size(DeliveryRecord record) {
        return BEGIN_RECORD.length + base64Length(record) + END_RECORD.length + COMMA.length;
    }

    private static long base64Length(DeliveryRecord record) {
        return 4L * ((record.data().length + 2) / 3);
    }

    /** @param timestamp when the request was made, in milliseconds */
    void write(HttpRequest.Builder request, long timestamp, boolean gzip) {
        byte[] begin = bytes("{\"requestId\":\"" + id + "\",\"timestamp\":" + timestamp + ",\"records\":[");
        if (gzip) {
            request.header("Content-Encoding", "gzip").POST(BodyPublishers.ofByteArray(zipped(begin)));
        } else {
            request.POST(plain(begin));
        }
    }

    /** Encodes while it is sent, so that the body is never in memory as a whole. */
    private BodyPublisher plain(byte[] begin) {
        long length = begin.length + END.length - COMMA.length;
        for (DeliveryRecord record : records) {
            length += size(record);
        }
        return BodyPublishers.fromPublisher(BodyPublishers.ofByteArrays(() -> parts(begin)), length);
    }

    private byte[] zipped(byte[] begin) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            for (Iterator<byte[]> parts = parts(begin); parts.hasNext(); ) {
                out.write(parts.next());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }

    private Iterator<byte[]> parts(byte[] begin) {
        DeliveryRecord first = records.getFirst();
        Stream<byte[]> encoded = records.stream()
                .flatMap(record -> Stream.of(
                        record == first ? BEGIN_RECORD : concat(COMMA, BEGIN_RECORD),
                        Base64.getEncoder().encode(record.data()),
                        END_RECORD))
                .filter(part -> part.length > 0);
        return Stream.concat(Stream.concat(Stream.of(begin), encoded), Stream.of(END))
                .iterator();
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = new byte[one.length + other.length];
        System.arraycopy(one, 0, both, 0, one.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
