package io.riacho.auth.webidentity;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Who a provider says that somebody is.
 *
 * @param providerArn as trust policies name the provider
 */
public record WebIdentity(String providerArn, String issuer, String subject, String audience) {

    /** The condition keys that it gives; names in lower case. */
    public Map<String, List<String>> keys() {
        String prefix = OidcProvider.nameOf(issuer).toLowerCase(Locale.ROOT);
        return Map.of(prefix + ":sub", List.of(subject), prefix + ":aud", List.of(audience));
    }
}
