package io.riacho.streams.record;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.WireFormat;
import io.riacho.protocol.WireRequest;
import io.riacho.streams.TestWire;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;

/** Puts as they may come off the wire, and what each of the two ways to read them makes of them. */
final class PutRequests {

    private PutRequests() {}

    /** What was read, in a form that can be compared. */
    record Decoded(@Nullable String streamName, @Nullable String streamArn, List<DecodedRecord> records) {}

    /** Bytes are in ISO 8859-1. */
    record DecodedRecord(String key, String data, @Nullable String explicitHashKey) {}

    /** Empty where the request is not plain. */
    static Optional<Decoded> plainly(WireRequest request, boolean many) {
        PutRequest put = many ? PutDecoder.putRecords(request) : PutDecoder.putRecord(request);
        if (put == null) {
            return Optional.empty();
        }
        List<DecodedRecord> records = new ArrayList<>();
        PutBatch batch = put.batch();
        for (int i = 0; i < batch.size(); i++) {
            var hashKey = batch.explicitHashKey(i);
            records.add(new DecodedRecord(
                    latin(batch.key(i), 0, batch.key(i).length),
                    latin(batch.data(i), batch.position(i), batch.length(i)),
                    hashKey == null ? null : hashKey.toString()));
        }
        return Optional.of(new Decoded(put.streamName(), put.streamArn(), records));
    }

    /** Empty where the request is refused. */
    static Optional<Decoded> generically(WireRequest request, boolean many) {
        try {
            return Optional.of(many ? records(request) : record(request));
        } catch (AwsException _) {
            return Optional.empty();
        }
    }

    private static Decoded records(WireRequest request) {
        PutRecordsRequest put = request.decode(PutRecordsRequest.class);
        List<DecodedRecord> records = put.records().stream()
                .map(entry -> decoded(entry.partitionKey(), entry.data().asByteArrayUnsafe(), entry.explicitHashKey()))
                .toList();
        return new Decoded(put.streamName(), put.streamARN(), records);
    }

    private static Decoded record(WireRequest request) {
        PutRecordRequest put = request.decode(PutRecordRequest.class);
        return new Decoded(
                put.streamName(),
                put.streamARN(),
                List.of(decoded(put.partitionKey(), put.data().asByteArrayUnsafe(), put.explicitHashKey())));
    }

    private static DecodedRecord decoded(String key, byte[] data, @Nullable String explicitHashKey) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        return new DecodedRecord(latin(keyBytes, 0, keyBytes.length), latin(data, 0, data.length), explicitHashKey);
    }

    private static String latin(byte[] bytes, int position, int length) {
        return new String(bytes, position, length, StandardCharsets.ISO_8859_1);
    }

    /** Members of a request as they are to be encoded: blobs are byte arrays. */
    static byte[] encoded(WireFormat format, Map<String, Object> members) {
        return TestWire.mapper(format).writeValueAsBytes(members);
    }

    /** Requests that are right, plain and from real clients: names, keys and hash keys within the model, in ASCII. */
    static Arbitrary<Map<String, Object>> plainRequests(boolean many) {
        return requests(many, asciiKeys());
    }

    /** Requests that are right, with keys in any language. */
    static Arbitrary<Map<String, Object>> anyRequests(boolean many) {
        Arbitrary<String> keys = Arbitraries.oneOf(
                asciiKeys(),
                Arbitraries.strings().ofMinLength(1).ofMaxLength(20).filter(PutRequests::isText));
        return requests(many, keys);
    }

    private static Arbitrary<Map<String, Object>> requests(boolean many, Arbitrary<String> keys) {
        Arbitrary<Map<String, Object>> stream = streams();
        Arbitrary<Map<String, Object>> record = records(keys);
        return many
                ? Combinators.combine(stream, record.list().ofMinSize(1).ofMaxSize(6))
                        .as((named, records) -> with(named, Map.of("Records", records)))
                        .flatMap(PutRequests::inAnyOrder)
                : Combinators.combine(stream, record).as(PutRequests::with).flatMap(PutRequests::inAnyOrder);
    }

    private static Arbitrary<Map<String, Object>> streams() {
        String arn = "arn:aws:kinesis:eu-central-1:123456789012:stream/";
        Arbitrary<String> names = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .numeric()
                .withChars("_.-")
                .ofMinLength(1)
                .ofMaxLength(128);
        return Combinators.combine(names, Arbitraries.integers().between(1, 3)).as((name, kind) -> switch (kind) {
            case 1 -> Map.<String, Object>of("StreamName", name);
            case 2 -> Map.<String, Object>of("StreamARN", arn + name);
            default -> Map.<String, Object>of("StreamName", name, "StreamARN", arn + name);
        });
    }

    private static Arbitrary<Map<String, Object>> records(Arbitrary<String> keys) {
        Arbitrary<byte[]> data = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(40),
                Arbitraries.bytes().array(byte[].class).ofMinSize(250).ofMaxSize(300));
        Arbitrary<String> hashKeys = Arbitraries.oneOf(
                Arbitraries.bigIntegers()
                        .between(BigInteger.ZERO, BigInteger.TWO.pow(128).subtract(BigInteger.ONE))
                        .map(String::valueOf),
                Arbitraries.just("0"));
        return Combinators.combine(keys, data, hashKeys.injectNull(0.6)).as((key, bytes, hashKey) -> {
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("PartitionKey", key);
            members.put("Data", bytes);
            if (hashKey != null) {
                members.put("ExplicitHashKey", hashKey);
            }
            return members;
        });
    }

    private static Arbitrary<String> asciiKeys() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .excludeChars('"', '\\')
                .ofMinLength(1)
                .ofMaxLength(256);
    }

    /** Whether all surrogates come in pairs: a half is not to be encoded. */
    private static boolean isText(String text) {
        return text.equals(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    }

    private static Map<String, Object> with(Map<String, Object> a, Map<String, Object> b) {
        Map<String, Object> all = new LinkedHashMap<>(a);
        all.putAll(b);
        return all;
    }

    private static Arbitrary<Map<String, Object>> inAnyOrder(Map<String, Object> members) {
        return Arbitraries.randomValue(random -> {
            List<String> names = new ArrayList<>(members.keySet());
            Collections.shuffle(names, random);
            Map<String, Object> shuffled = new LinkedHashMap<>();
            names.forEach(name -> shuffled.put(name, members.get(name)));
            return shuffled;
        });
    }
}
