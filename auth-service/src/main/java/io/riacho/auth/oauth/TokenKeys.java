package io.riacho.auth.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import io.riacho.auth.rotation.RotatingKeys;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that tokens are signed with: ES256, a new one every 30 days, old ones kept until their tokens are over. */
public final class TokenKeys implements JWKSource<SecurityContext> {

    /** Longer than any access or ID token lives; access tokens of up to a day can be configured. */
    private static final Duration KEPT = Duration.ofDays(2);

    private final RotatingKeys<ECKey> keys;

    public TokenKeys(RotatingKeys<ECKey> keys) {
        this.keys = keys;
    }

    public static RotatingKeys.Kind<ECKey> kind() {
        return new RotatingKeys.Kind<>("token-signature", Duration.ofDays(30), KEPT, TokenKeys::make, TokenKeys::read);
    }

    /** The one to sign with first. */
    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context) {
        RotatingKeys.Entry<ECKey> current = keys.current();
        List<JWK> all = new ArrayList<>();
        all.add(withId(current));
        for (RotatingKeys.Entry<ECKey> entry : keys.all()) {
            if (!entry.id().equals(current.id())) {
                all.add(withId(entry));
            }
        }
        return selector.select(new JWKSet(all));
    }

    private static ECKey withId(RotatingKeys.Entry<ECKey> entry) {
        return new ECKey.Builder(entry.key())
                .keyID(entry.id())
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.ES256)
                .build();
    }

    private static byte[] make() {
        try {
            return new ECKeyGenerator(Curve.P_256).generate().toJSONString().getBytes(StandardCharsets.UTF_8);
        } catch (JOSEException e) {
            throw new IllegalStateException("A key could not be made", e);
        }
    }

    private static ECKey read(byte[] key) {
        try {
            return ECKey.parse(new String(key, StandardCharsets.UTF_8));
        } catch (ParseException e) {
            throw new IllegalStateException("A key could not be read", e);
        }
    }
}
