package io.riacho.benchmarks.load;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs POST requests of a JSON or CBOR API as the AWS SDK for Java does, with the signing key of the day kept: a GetRecords
 * loop signs each of its requests, so signing has to be cheap. Not thread-safe.
 */
final class SigV4Signer {

    private static final String SERVICE = "kinesis";
    private static final String SIGNED_HEADERS = "content-type;host;x-amz-content-sha256;x-amz-date;x-amz-target";
    private static final DateTimeFormatter AMZ_DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Endpoint endpoint;
    private final MessageDigest sha256;
    private final Mac hmac;
    private String keyDate = "";
    private byte[] key = {};
    private long second = Long.MIN_VALUE;
    private String amzDate = "";

    SigV4Signer(Endpoint endpoint) {
        this.endpoint = endpoint;
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
            hmac = Mac.getInstance("HmacSHA256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a request carries besides the headers that it has anyway. */
    record Signature(String amzDate, String contentSha256, String authorization) {}

    Signature sign(String target, String contentType, byte[] body, Instant now) {
        if (now.getEpochSecond() != second) {
            second = now.getEpochSecond();
            amzDate = AMZ_DATE.format(now);
        }
        String date = amzDate.substring(0, 8);
        String scope = date + "/" + endpoint.region() + "/" + SERVICE + "/aws4_request";
        String contentSha256 = hex(sha256.digest(body));
        String canonical = "POST\n/\n\ncontent-type:" + contentType + "\nhost:" + endpoint.host()
                + "\nx-amz-content-sha256:" + contentSha256 + "\nx-amz-date:" + amzDate + "\nx-amz-target:" + target
                + "\n\n" + SIGNED_HEADERS + "\n" + contentSha256;
        String toSign = "AWS4-HMAC-SHA256\n" + amzDate + "\n" + scope + "\n" + hex(sha256.digest(utf8(canonical)));
        String signature = hex(hmac(keyOf(date), toSign));
        return new Signature(
                amzDate,
                contentSha256,
                "AWS4-HMAC-SHA256 Credential=" + endpoint.accessKeyId() + "/" + scope + ", SignedHeaders="
                        + SIGNED_HEADERS + ", Signature=" + signature);
    }

    private byte[] keyOf(String date) {
        if (!date.equals(keyDate)) {
            byte[] ofDate = hmac(utf8("AWS4" + endpoint.secretAccessKey()), date);
            key = hmac(hmac(hmac(ofDate, endpoint.region()), SERVICE), "aws4_request");
            keyDate = date;
        }
        return key;
    }

    private byte[] hmac(byte[] secret, String text) {
        try {
            hmac.init(new SecretKeySpec(secret, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return hmac.doFinal(utf8(text));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
