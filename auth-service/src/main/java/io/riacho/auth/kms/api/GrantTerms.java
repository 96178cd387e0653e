package io.riacho.auth.kms.api;

import io.riacho.auth.kms.error.KmsErrors;
import io.riacho.auth.kms.grant.ContextRule;
import io.riacho.auth.kms.grant.Grant;
import io.riacho.auth.kms.grant.GrantOperation;
import io.riacho.policy.InvalidPolicyException;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.CreateGrantRequest;
import software.amazon.awssdk.services.kms.model.GrantConstraints;
import software.amazon.awssdk.services.kms.model.GrantListEntry;

/** What a grant says, as requests give it and answers show it. */
final class GrantTerms {

    private GrantTerms() {}

    static Grant.Terms read(CreateGrantRequest request) {
        Set<GrantOperation> operations = EnumSet.noneOf(GrantOperation.class);
        for (String name : request.operationsAsStrings()) {
            operations.add(GrantOperation.named(name)
                    .orElseThrow(() -> KmsErrors.validation(
                            "The grant operation " + name + " is not valid for a key of spec SYMMETRIC_DEFAULT.")));
        }
        if (operations.isEmpty()) {
            throw KmsErrors.validation("A grant must have at least one operation.");
        }
        return new Grant.Terms(
                request.name(),
                requirePrincipal(request.granteePrincipal()),
                request.retiringPrincipal() == null ? null : requirePrincipal(request.retiringPrincipal()),
                operations,
                rule(request.constraints()));
    }

    /** The kind of constraint as condition keys name it; null where there is none. */
    static @Nullable String constraintType(Grant.Terms terms) {
        ContextRule rule = terms.rule();
        return rule == null ? null : rule.isExact() ? "EncryptionContextEquals" : "EncryptionContextSubset";
    }

    static GrantListEntry describe(Grant grant, String keyArn) {
        Grant.Terms terms = grant.terms();
        GrantListEntry.Builder entry = GrantListEntry.builder()
                .keyId(keyArn)
                .grantId(grant.id())
                .name(terms.name() == null ? "" : terms.name())
                .creationDate(grant.createdAt())
                .granteePrincipal(terms.grantee())
                .retiringPrincipal(terms.retiring())
                .issuingAccount("arn:aws:iam::" + grant.issuingAccount() + ":root")
                .operationsWithStrings(terms.operationNames());
        ContextRule rule = terms.rule();
        if (rule != null) {
            entry.constraints(
                    rule.isExact()
                            ? GrantConstraints.builder()
                                    .encryptionContextEquals(rule.pairs())
                                    .build()
                            : GrantConstraints.builder()
                                    .encryptionContextSubset(rule.pairs())
                                    .build());
        }
        return entry.build();
    }

    private static @Nullable ContextRule rule(@Nullable GrantConstraints constraints) {
        if (constraints == null) {
            return null;
        }
        Map<String, String> equals = constraints.encryptionContextEquals();
        Map<String, String> subset = constraints.encryptionContextSubset();
        if (!equals.isEmpty() && !subset.isEmpty()) {
            throw KmsErrors.validation("A grant has one constraint at most.");
        }
        if (equals.isEmpty() && subset.isEmpty()) {
            return null;
        }
        return new ContextRule(!equals.isEmpty(), equals.isEmpty() ? subset : equals);
    }

    /** A principal of an account, as a policy could name it. Whether it exists is not looked at. */
    private static String requirePrincipal(String arn) {
        try {
            if (arn.startsWith("arn:") && !arn.contains("\"")) {
                PolicyDocument.parse("""
                        {"Version":"2012-10-17","Statement":
                        [{"Effect":"Allow","Principal":{"AWS":"%s"},"Action":"kms:Decrypt","Resource":"*"}]}""".formatted(arn), PolicyKind.RESOURCE);
                return arn;
            }
        } catch (InvalidPolicyException _) {
            // Said below.
        }
        throw KmsErrors.invalidArn("ARN does not refer to a valid principal: " + arn);
    }
}
