package io.riacho.protocol.signature;

import io.riacho.protocol.DerivedKey;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;

/**
 * Derives signing keys from secret access keys.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">Signature
 *     Version 4, calculate a signature</a>
 */
public final class SecretKeys {

    private SecretKeys() {}

    public static DerivedKey derive(String secretAccessKey, LocalDate date, String region, String service) {
        byte[] key = bytes("AWS4" + secretAccessKey);
        key = HmacSha256.sign(key, bytes(date.format(DateTimeFormatter.BASIC_ISO_DATE)));
        key = HmacSha256.sign(key, bytes(region));
        key = HmacSha256.sign(key, bytes(service));
        return new DerivedKey(HmacSha256.sign(key, bytes("aws4_request")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
