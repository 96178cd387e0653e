package io.riacho.protocol.signature;

import java.security.GeneralSecurityException;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256. Keeps as many {@link Mac} objects as were ever used at once, because making one costs more than using it. */
final class HmacSha256 {

    private static final String ALGORITHM = "HmacSHA256";
    private static final ConcurrentLinkedQueue<Mac> IDLE = new ConcurrentLinkedQueue<>();

    private HmacSha256() {}

    static byte[] sign(byte[] key, byte[] data) {
        try {
            Mac mac = IDLE.poll();
            if (mac == null) {
                mac = Mac.getInstance(ALGORITHM);
            }
            mac.init(new SecretKeySpec(key, ALGORITHM));
            byte[] signature = mac.doFinal(data);
            IDLE.offer(mac);
            return signature;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
