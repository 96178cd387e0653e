package io.riacho.protocol.server;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A request of which every part can be chosen, signed as the IAM User Guide tells ("Create a signed AWS API request"),
 * by neither the SDK's code nor ours.
 */
final class HandSigned {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Map<String, String> signed = new TreeMap<>();
    private final Map<String, String> unsigned = new LinkedHashMap<>();
    private String path = "/";
    private byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    private @Nullable String payloadHash;
    private String accessKey = ToyKinesis.ACCESS_KEY;
    private String time = TIME.format(Instant.now());
    private String scope = time.substring(0, 8) + "/us-east-1/kinesis";
    private @Nullable String keyScope;

    private HandSigned(int port, String operation) {
        signed.put("host", "127.0.0.1:" + port);
        signed.put("content-type", SignedText.JSON);
        signed.put("x-amz-target", "Kinesis_20131202." + operation);
        signed.put("x-amz-date", time);
    }

    static HandSigned to(int port, String operation) {
        return new HandSigned(port, operation);
    }

    HandSigned signing(String name, String value) {
        signed.put(name, value);
        return this;
    }

    /** Sends the header, and does not sign it. */
    HandSigned adding(String name, String value) {
        unsigned.put(name, value);
        return this;
    }

    /** Sends the header as it would, and leaves it out of what is signed. */
    HandSigned notSigning(String name) {
        unsigned.put(name, signed.remove(name));
        return this;
    }

    HandSigned without(String name) {
        signed.remove(name);
        return this;
    }

    HandSigned at(Instant when) {
        time = TIME.format(when);
        scope = time.substring(0, 8) + scope.substring(8);
        signed.put("x-amz-date", time);
        return this;
    }

    HandSigned by(String accessKeyId) {
        accessKey = accessKeyId;
        return this;
    }

    HandSigned body(String text) {
        body = text.getBytes(StandardCharsets.UTF_8);
        return this;
    }

    /** Signs this in the place of the body's hash. */
    HandSigned payloadHash(String text) {
        payloadHash = text;
        return this;
    }

    /** @param text the day, region and service that the request says it is signed for, such as {@code 20261126/us-east-1/kinesis} */
    HandSigned scope(String text) {
        scope = text;
        return this;
    }

    /** Signs with the key of another day, region and service than the request says. */
    HandSigned keyOf(String text) {
        keyScope = text;
        return this;
    }

    String day() {
        return time.substring(0, 8);
    }

    String authorization() {
        return "AWS4-HMAC-SHA256 Credential=" + accessKey + "/" + scope + "/aws4_request, SignedHeaders=" + names()
                + ", Signature=" + signature();
    }

    /** The request as it is sent. */
    String text() {
        StringBuilder text = new StringBuilder("POST " + path + " HTTP/1.1\n");
        signed.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        unsigned.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        return text.append("Authorization: ")
                .append(authorization())
                .append("\nContent-Length: ")
                .append(body.length)
                .append("\n\n")
                .append(new String(body, StandardCharsets.ISO_8859_1))
                .toString();
    }

    private String names() {
        return String.join(";", signed.keySet());
    }

    private String signature() {
        StringBuilder canonical = new StringBuilder("POST\n" + path + "\n\n");
        signed.forEach((name, value) ->
                canonical.append(name).append(':').append(value).append('\n'));
        canonical.append('\n').append(names()).append('\n').append(payloadHash != null ? payloadHash : hash(body));
        String toSign = "AWS4-HMAC-SHA256\n" + time + "\n" + scope + "/aws4_request\n"
                + hash(canonical.toString().getBytes(StandardCharsets.ISO_8859_1));
        byte[] key = ("AWS4" + ToyKinesis.SECRET_KEY).getBytes(StandardCharsets.UTF_8);
        for (String part : List.of((keyScope != null ? keyScope : scope).split("/"))) {
            key = hmac(key, part);
        }
        return HexFormat.of().formatHex(hmac(hmac(key, "aws4_request"), toSign));
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
