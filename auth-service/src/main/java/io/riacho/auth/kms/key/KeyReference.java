package io.riacho.auth.kms.key;

import io.riacho.auth.kms.error.KmsErrors;
import io.riacho.protocol.Arn;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * How a request names a key.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id">key identifiers</a>
 */
public sealed interface KeyReference {

    /** By its id or ARN. */
    record ById(UUID id) implements KeyReference {}

    /** By an alias or its ARN; with its {@code alias/}. */
    record ByAlias(String alias) implements KeyReference {}

    /** @throws io.riacho.protocol.AwsException NotFoundException or InvalidArnException where no key can be meant */
    static KeyReference read(String text, KeyNaming naming) {
        if (!text.startsWith("arn:")) {
            return ofResource(text.startsWith("alias/") ? text : "key/" + text, text);
        }
        Arn arn = Arn.parse(text).orElseThrow(() -> KmsErrors.invalidArn("Invalid ARN " + text));
        if (!arn.partition().equals("aws") || !arn.service().equals("kms")) {
            throw KmsErrors.invalidArn("Invalid ARN " + text);
        }
        if (!arn.region().equals(naming.region())) {
            throw KmsErrors.notFound("Invalid arn " + arn.region());
        }
        KeyReference reference = ofResource(arn.resource(), text);
        if (!arn.accountId().equals(naming.accountId())) {
            throw reference instanceof ByAlias ? KmsErrors.aliasNotFound(text) : KmsErrors.keyNotFound(text);
        }
        return reference;
    }

    /** A name that an alias may have. */
    Pattern ALIAS = Pattern.compile("alias/[a-zA-Z0-9/_-]{1,250}");

    private static KeyReference ofResource(String resource, String text) {
        if (ALIAS.matcher(resource).matches()) {
            return new ByAlias(resource);
        }
        if (resource.startsWith("alias/")) {
            throw KmsErrors.notFound("Alias " + text + " is not found.");
        }
        String id = resource.startsWith("key/") ? resource.substring("key/".length()) : "";
        // UUID.fromString takes shorter forms as well.
        if (id.length() != 36 || !id.equals(id.toLowerCase(Locale.ROOT))) {
            throw KmsErrors.invalidKeyId(text);
        }
        try {
            return new ById(UUID.fromString(id));
        } catch (IllegalArgumentException _) {
            throw KmsErrors.invalidKeyId(text);
        }
    }
}
