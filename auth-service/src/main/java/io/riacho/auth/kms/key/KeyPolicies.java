package io.riacho.auth.kms.key;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.riacho.auth.kms.error.KmsErrors;
import io.riacho.policy.InvalidPolicyException;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import java.nio.charset.StandardCharsets;

/** Reads key policies, each text once, and writes those that keys have by default. Safe for use by many threads. */
public final class KeyPolicies {

    private static final int MAX_BYTES = 32 * 1024;
    private static final int MAX_CACHED_CHARACTERS = 4 * 1024 * 1024;

    private final KeyNaming naming;
    private final LoadingCache<String, PolicyDocument> read = Caffeine.newBuilder()
            .maximumWeight(MAX_CACHED_CHARACTERS)
            .weigher((String text, PolicyDocument _) -> text.length())
            .build(text -> PolicyDocument.parse(text, PolicyKind.RESOURCE));

    public KeyPolicies(KeyNaming naming) {
        this.naming = naming;
    }

    /**
     * A policy that a caller wants a key to have.
     *
     * @throws io.riacho.protocol.AwsException MalformedPolicyDocumentException or LimitExceededException
     */
    public NamedPolicy check(String keyArn, String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw KmsErrors.limitExceeded("The key policy is larger than " + MAX_BYTES + " bytes.");
        }
        try {
            return of(keyArn, text);
        } catch (InvalidPolicyException e) {
            throw KmsErrors.malformedPolicy(e.getMessage());
        }
    }

    /** The stored policy of a key, or one derived from it. */
    public NamedPolicy of(String keyArn, String text) {
        return new NamedPolicy(keyArn, read.get(text));
    }

    /** Leaves it to the account's IAM policies who may use the key. */
    public String ofAccount() {
        return """
                {
                  "Version" : "2012-10-17",
                  "Id" : "key-default-1",
                  "Statement" : [ {
                    "Sid" : "Enable IAM User Permissions",
                    "Effect" : "Allow",
                    "Principal" : {
                      "AWS" : "arn:aws:iam::%s:root"
                    },
                    "Action" : "kms:*",
                    "Resource" : "*"
                  } ]
                }""".formatted(naming.accountId());
    }

    /** Everybody in the account who may use the service may use the key through it, and nobody in another way. */
    String ofService(String service) {
        return """
                {
                  "Version" : "2012-10-17",
                  "Id" : "auto-%1$s-1",
                  "Statement" : [ {
                    "Sid" : "Allow access through the service for all principals in the account that are authorized to use it",
                    "Effect" : "Allow",
                    "Principal" : {
                      "AWS" : "*"
                    },
                    "Action" : [ "kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:CreateGrant", "kms:DescribeKey" ],
                    "Resource" : "*",
                    "Condition" : {
                      "StringEquals" : {
                        "kms:ViaService" : "%1$s.%2$s.amazonaws.com",
                        "kms:CallerAccount" : "%3$s"
                      }
                    }
                  }, {
                    "Sid" : "Allow direct access to key metadata to the account",
                    "Effect" : "Allow",
                    "Principal" : {
                      "AWS" : "arn:aws:iam::%3$s:root"
                    },
                    "Action" : [ "kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant" ],
                    "Resource" : "*"
                  } ]
                }""".formatted(service, naming.region(), naming.accountId());
    }
}
