package io.riacho.protocol.query;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.model.ModelError;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Errors as Query APIs name them. What the rest of the server throws has the names of JSON's APIs and is translated here,
 * once; what is thrown under a Query API's own names stays as it is.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html">Common errors of IAM</a>
 */
public final class QueryErrors {

    private static final String MALFORMED_INPUT = "MalformedInput";

    private static final Map<String, ModelError> COMMON = Map.ofEntries(
            Map.entry("UnrecognizedClientException", new ModelError("InvalidClientTokenId", 403)),
            Map.entry("InvalidSignatureException", new ModelError("SignatureDoesNotMatch", 403)),
            Map.entry("IncompleteSignatureException", new ModelError("IncompleteSignature", 400)),
            Map.entry("MissingAuthenticationTokenException", new ModelError("MissingAuthenticationToken", 403)),
            Map.entry("ExpiredTokenException", new ModelError("ExpiredToken", 403)),
            Map.entry("AccessDeniedException", new ModelError("AccessDenied", 403)),
            Map.entry("ValidationException", new ModelError("ValidationError", 400)),
            Map.entry("SerializationException", new ModelError(MALFORMED_INPUT, 400)),
            Map.entry("ThrottlingException", new ModelError("Throttling", 400)),
            Map.entry("UnknownOperationException", new ModelError("InvalidAction", 400)),
            Map.entry("RequestEntityTooLargeException", new ModelError("RequestEntityTooLarge", 413)),
            Map.entry("UnsupportedMediaTypeException", new ModelError("UnsupportedMediaType", 415)));

    private static final Map<String, String> TEXTS = Map.of(
            "MissingAuthenticationToken", "Request is missing Authentication Token",
            "InternalFailure", "The request processing has failed because of an unknown error, exception or failure.");

    private QueryErrors() {}

    /**
     * The error as it is sent: its type is the code.
     *
     * @param modelled the API's own errors by the names of their shapes; none before the operation is known, because an
     *     expired session is another error than an expired token that an operation was given
     */
    public static AwsException translated(AwsException error, Map<String, ModelError> modelled) {
        ModelError known = modelled.get(error.type());
        if (known == null) {
            known = COMMON.getOrDefault(error.type(), new ModelError(error.type(), error.status()));
        }
        String text = TEXTS.getOrDefault(known.code(), error.getMessage());
        return AwsException.of(known.code(), known.status(), text).retryAfter(error.retryAfterSeconds());
    }

    public static AwsException missingAction() {
        return AwsException.badRequest(
                "MissingAction", "The request is missing an action or operation parameter: Action");
    }

    public static AwsException unknownAction(String action, @Nullable String version) {
        return AwsException.badRequest(
                "InvalidAction",
                "Could not find operation " + shown(action) + " for version "
                        + (version == null ? "NO_VERSION_SPECIFIED" : shown(version)));
    }

    /** The request is signed for a service that is not called by {@code Action}. */
    public static AwsException wrongService() {
        return AwsException.of(
                "SignatureDoesNotMatch",
                403,
                "Credential should be scoped to correct service: one that is called by the Action parameter.");
    }

    static AwsException malformedForm() {
        return AwsException.of("MalformedQueryString", 404, "The query string contains a syntax error.");
    }

    static AwsException tooManyParameters(int max) {
        return AwsException.badRequest(MALFORMED_INPUT, "The request has more than " + max + " parameters.");
    }

    static AwsException tooDeep(int max) {
        return AwsException.badRequest(MALFORMED_INPUT, "A parameter's name has more than " + max + " parts.");
    }

    static AwsException tooManyParts(int max) {
        return AwsException.badRequest(MALFORMED_INPUT, "The names of parameters have more than " + max + " parts.");
    }

    static AwsException notConvertible(String target) {
        return AwsException.badRequest(MALFORMED_INPUT, "STRING_VALUE can not be converted to " + target);
    }

    static AwsException structureNotExpected() {
        return AwsException.badRequest(MALFORMED_INPUT, "Start of structure or map found where not expected.");
    }

    static AwsException structureExpected() {
        return AwsException.badRequest(MALFORMED_INPUT, "Unexpected complex element termination");
    }

    static AwsException listExpected() {
        return AwsException.badRequest(MALFORMED_INPUT, "Unexpected list element termination");
    }

    static AwsException mapExpected() {
        return AwsException.badRequest(MALFORMED_INPUT, "Unexpected map element termination");
    }

    static AwsException notAnIndex() {
        return AwsException.badRequest(MALFORMED_INPUT, "Key is not a valid list index");
    }

    private static String shown(String text) {
        return text.length() <= 128 ? text : text.substring(0, 128) + "...";
    }
}
