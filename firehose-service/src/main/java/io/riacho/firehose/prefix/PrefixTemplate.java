package io.riacho.firehose.prefix;

import io.riacho.protocol.signature.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A prefix of objects' keys with the expressions in it. Safe for use by many threads.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html">Custom prefixes for Amazon S3
 *     objects</a>
 */
public final class PrefixTemplate {

    /** What AWS allows. */
    static final int MOST_CHARACTERS = 512;

    /** A key has 1024 bytes at the most; what comes behind the prefix may take 260 of them. */
    private static final int MOST_BYTES = 764;

    private static final int RANDOM_STRING = 11;

    private final List<PrefixPart> parts;

    private PrefixTemplate(List<PrefixPart> parts) {
        this.parts = parts;
    }

    /** @throws io.riacho.protocol.AwsException InvalidArgumentException that names the expression that is wrong */
    public static PrefixTemplate parse(String text) {
        return parse(text, "Prefix");
    }

    static PrefixTemplate parse(String text, String member) {
        return new PrefixTemplate(new PrefixParser(text, member).parse());
    }

    PrefixTemplate then(PrefixTemplate other) {
        List<PrefixPart> both = new ArrayList<>(parts);
        both.addAll(other.parts);
        return new PrefixTemplate(List.copyOf(both));
    }

    /**
     * The prefix for an object.
     *
     * @throws PrefixException where a partition key is missing or empty, or no key can begin with what comes out
     */
    public String evaluate(PrefixValues values) throws PrefixException {
        StringBuilder prefix = new StringBuilder();
        for (PrefixPart part : parts) {
            switch (part) {
                case PrefixPart.Literal(String text) -> prefix.append(text);
                case PrefixPart.Timestamp(var format) ->
                    format.formatTo(values.time().atZone(values.zone()), prefix);
                case PrefixPart.RandomString(int occurrence) -> prefix.append(random(values, occurrence));
                case PrefixPart.ErrorOutputType() -> {
                    String type = values.errorOutputType();
                    if (type == null) {
                        throw new PrefixException("!{firehose:error-output-type} is for errors only");
                    }
                    prefix.append(type);
                }
                case PrefixPart.KeyFromQuery(String name) ->
                    prefix.append(key(values.keys().fromQuery(), name, "partitionKeyFromQuery"));
                case PrefixPart.KeyFromLambda(String name) ->
                    prefix.append(key(values.keys().fromLambda(), name, "partitionKeyFromLambda"));
            }
        }
        String evaluated = prefix.toString();
        check(evaluated);
        return evaluated;
    }

    public boolean hasExpressions() {
        return parts.stream().anyMatch(PrefixPart::isExpression);
    }

    public boolean hasTimestamp() {
        return has(PrefixPart.Timestamp.class);
    }

    public boolean hasErrorOutputType() {
        return has(PrefixPart.ErrorOutputType.class);
    }

    public boolean hasPartitionKeys() {
        return parts.stream().anyMatch(PrefixPart::isPartitionKey);
    }

    /** The names in {@code !{partitionKeyFromQuery:NAME}} expressions. */
    public Set<String> keysFromQuery() {
        Set<String> names = new TreeSet<>();
        for (PrefixPart part : parts) {
            if (part instanceof PrefixPart.KeyFromQuery(String name)) {
                names.add(name);
            }
        }
        return names;
    }

    /** The names in {@code !{partitionKeyFromLambda:NAME}} expressions. */
    public Set<String> keysFromLambda() {
        Set<String> names = new TreeSet<>();
        for (PrefixPart part : parts) {
            if (part instanceof PrefixPart.KeyFromLambda(String name)) {
                names.add(name);
            }
        }
        return names;
    }

    private boolean has(Class<? extends PrefixPart> kind) {
        return parts.stream().anyMatch(kind::isInstance);
    }

    private static String key(Map<String, String> keys, String name, String namespace) throws PrefixException {
        String value = keys.get(name);
        if (value == null || value.isEmpty()) {
            throw new PrefixException(
                    "partitionKeys values must not be null or empty: !{" + namespace + ":" + name + "}");
        }
        return value;
    }

    /** Eleven characters that nobody can foresee, but always the same for the same delivery. */
    private static String random(PrefixValues values, int occurrence) {
        byte[] hash = Sha256.hash((values.delivery() + "/" + occurrence).getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(hash).substring(0, RANDOM_STRING);
    }

    /** Values of partition keys come from records: they must not lead out of the prefix, or make a key that S3 refuses. */
    private static void check(String prefix) throws PrefixException {
        if (prefix.length() > MOST_CHARACTERS) {
            throw new PrefixException("Length of evaluated prefix cannot be greater than " + MOST_CHARACTERS);
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(prefix)) {
            throw new PrefixException("The evaluated prefix is not Unicode");
        }
        if (prefix.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            throw new PrefixException("The evaluated prefix has more than " + MOST_BYTES + " bytes");
        }
        if (prefix.chars().anyMatch(Character::isISOControl)) {
            throw new PrefixException("The evaluated prefix has control characters");
        }
        if (hasRelativeSegment(prefix)) {
            throw new PrefixException("The evaluated prefix has a segment that is . or ..");
        }
    }

    /** Only segments that end in the prefix: the last one goes on with the object's name. */
    private static boolean hasRelativeSegment(String prefix) {
        int begin = 0;
        for (int slash = prefix.indexOf('/'); slash >= 0; slash = prefix.indexOf('/', begin)) {
            String segment = prefix.substring(begin, slash);
            if (segment.equals(".") || segment.equals("..")) {
                return true;
            }
            begin = slash + 1;
        }
        return false;
    }

    /** How long the prefix is at the least, when it is evaluated. */
    int leastCharacters() {
        return parts.stream()
                .mapToInt(part -> switch (part) {
                    case PrefixPart.Literal(String text) -> text.length();
                    case PrefixPart.RandomString random -> RANDOM_STRING;
                    default -> 1;
                })
                .sum();
    }

    boolean hasRelativeLiteral() {
        StringBuilder whole = new StringBuilder();
        for (PrefixPart part : parts) {
            whole.append(part instanceof PrefixPart.Literal(String text) ? text : "x");
        }
        return hasRelativeSegment(whole.toString());
    }
}
