package io.riacho.protocol.signature;

import org.jspecify.annotations.Nullable;

/**
 * What a request says of its own signature, in its {@code Authorization} header or in its query.
 *
 * @param expires how many seconds a presigned request is good for, as it was sent; null where nothing was said
 * @param presigned whether the signature is in the query, which then is signed without it
 */
record SignatureParameters(
        String algorithm,
        String credential,
        String signedHeaders,
        String signature,
        String date,
        @Nullable String expires,
        @Nullable String securityToken,
        boolean presigned) {

    static SignatureParameters fromHeader(RequestHead request, String authorization) {
        String credential = null;
        String signature = null;
        String signedHeaders = null;
        int end = endOfWord(authorization, 0);
        String algorithm = authorization.substring(0, end);
        int position = end + 1;
        while (position < authorization.length()) {
            end = endOfWord(authorization, position);
            int equals = authorization.indexOf('=', position);
            if (equals >= 0 && equals + 1 < end) {
                String value = authorization.substring(equals + 1, end);
                switch (authorization.substring(position, equals)) {
                    case "Credential" -> credential = value;
                    case "Signature" -> signature = value;
                    case "SignedHeaders" -> signedHeaders = value;
                    default -> {}
                }
            }
            position = end + 1;
        }
        String date = request.header("x-amz-date");
        if (date == null) {
            date = request.header("date");
        }
        if (credential == null || signature == null || signedHeaders == null || date == null) {
            throw SignatureErrors.incompleteHeader(
                    required(credential, "Credential")
                            + required(signature, "Signature")
                            + required(signedHeaders, "SignedHeaders")
                            + (date != null
                                    ? ""
                                    : "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. "),
                    authorization);
        }
        return new SignatureParameters(
                algorithm,
                credential,
                signedHeaders,
                signature,
                date,
                null,
                request.header("x-amz-security-token"),
                false);
    }

    static SignatureParameters fromQuery(RequestHead request, Query query) {
        String algorithm = present(query, "X-Amz-Algorithm");
        String credential = present(query, "X-Amz-Credential");
        String signature = present(query, "X-Amz-Signature");
        String signedHeaders = present(query, "X-Amz-SignedHeaders");
        String date = present(query, "X-Amz-Date");
        if (algorithm == null || credential == null || signature == null || signedHeaders == null || date == null) {
            throw SignatureErrors.incompleteQuery(included(algorithm, "X-Amz-Algorithm")
                    + included(credential, "X-Amz-Credential")
                    + included(signature, "X-Amz-Signature")
                    + included(signedHeaders, "X-Amz-SignedHeaders")
                    + included(date, "X-Amz-Date"));
        }
        String token = query.first("X-Amz-Security-Token");
        return new SignatureParameters(
                algorithm,
                credential,
                signedHeaders,
                signature,
                date,
                query.first("X-Amz-Expires"),
                token != null ? token : request.header("x-amz-security-token"),
                true);
    }

    private static int endOfWord(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) != ' ' && text.charAt(i) != ',') {
            i++;
        }
        return i;
    }

    private static @Nullable String present(Query query, String name) {
        String value = query.first(name);
        return value == null || value.isEmpty() ? null : value;
    }

    private static String required(@Nullable String value, String name) {
        return value != null ? "" : "Authorization header requires '" + name + "' parameter. ";
    }

    private static String included(@Nullable String value, String name) {
        return value != null ? "" : "AWS query-string parameters must include '" + name + "'. ";
    }
}
