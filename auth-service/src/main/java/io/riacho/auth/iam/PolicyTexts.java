package io.riacho.auth.iam;

import io.riacho.policy.InvalidPolicyException;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Policy documents as they come and go. */
public final class PolicyTexts {

    private PolicyTexts() {}

    /** @throws io.riacho.protocol.AwsException MalformedPolicyDocument with every error and its place */
    public static PolicyDocument parse(String document, PolicyKind kind) {
        try {
            return PolicyDocument.parse(document, kind);
        } catch (InvalidPolicyException e) {
            throw IamErrors.malformed(e);
        }
    }

    /** The length that quotas are about: without white space. */
    public static int size(String document) {
        int size = 0;
        for (int i = 0; i < document.length(); i++) {
            char c = document.charAt(i);
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                size++;
            }
        }
        return size;
    }

    /** As IAM answers documents: percent-encoded by RFC 3986. */
    public static String encode(@Nullable String document) {
        return document == null
                ? ""
                : URLEncoder.encode(document, StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .replace("*", "%2A")
                        .replace("%7E", "~");
    }
}
