package io.riacho.protocol.signature;

import io.riacho.protocol.AwsException;
import java.util.Optional;

/**
 * Which service a request says it is signed for. Nothing is proven by that: an {@link Authenticator} has to be asked, for
 * that service and no other.
 */
public final class SignedService {

    private SignedService() {}

    /** Empty where the request is not signed, or its signature is so malformed that it will be refused for any service. */
    public static Optional<String> of(RequestHead request) {
        String authorization = request.header("authorization");
        try {
            SignatureParameters parameters = authorization != null
                    ? SignatureParameters.fromHeader(request, authorization)
                    : SignatureParameters.fromQuery(request, Query.parse(request.query()));
            return Optional.of(CredentialScope.parse(parameters.credential()).service());
        } catch (AwsException e) {
            return Optional.empty();
        }
    }
}
