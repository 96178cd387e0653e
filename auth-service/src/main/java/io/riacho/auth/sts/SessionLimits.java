package io.riacho.auth.sts;

import io.riacho.auth.identity.Identities;
import io.riacho.policy.InvalidPolicyException;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.PolicyDescriptorType;

/**
 * Session policies and session tags as a request gives them, checked.
 *
 * @param policy the inline policy; null where there is none
 * @param policyArns managed policies
 * @param packedPercent how much of the room for them they take, as the answer says
 */
record SessionLimits(@Nullable String policy, List<String> policyArns, int packedPercent) {

    /** AWS: "the plaintext that you use for both inline and managed session policies can't exceed 2,048 characters". */
    private static final int MOST_CHARACTERS = 2048;

    private static final int MOST_PACKED_BYTES = 2048;
    private static final int MOST_MANAGED = 10;

    SessionLimits {
        policyArns = List.copyOf(policyArns);
    }

    static SessionLimits of(
            @Nullable String policy,
            List<PolicyDescriptorType> managed,
            Map<String, String> tags,
            Identities identities) {
        if (managed.size() > MOST_MANAGED) {
            throw StsErrors.invalid("The number of managed session policies exceeds " + MOST_MANAGED);
        }
        List<String> arns =
                managed.stream().map(SessionLimits::arnOf).distinct().toList();
        int characters = (policy == null ? 0 : policy.length())
                + arns.stream().mapToInt(String::length).sum();
        int packed = packedBytes(policy, arns, tags);
        int percent = (packed * 100 + MOST_PACKED_BYTES - 1) / MOST_PACKED_BYTES;
        if (packed > MOST_PACKED_BYTES || characters > MOST_CHARACTERS) {
            throw StsErrors.packedPolicyTooLarge(
                    Math.max(percent, (characters * 100 + MOST_CHARACTERS - 1) / MOST_CHARACTERS));
        }
        if (policy != null) {
            parse(policy);
        }
        for (String arn : arns) {
            if (identities.managedPolicy(arn).isEmpty()) {
                throw StsErrors.invalid("The policy " + arn + " does not exist or is not attachable.");
            }
        }
        return new SessionLimits(policy, arns, percent);
    }

    private static String arnOf(PolicyDescriptorType descriptor) {
        String arn = descriptor.arn();
        if (arn == null) {
            throw StsErrors.invalid("A managed session policy needs its ARN");
        }
        return arn;
    }

    private static void parse(String policy) {
        try {
            PolicyDocument.parse(policy, PolicyKind.SESSION);
        } catch (InvalidPolicyException e) {
            throw StsErrors.malformedPolicy(e.getMessage());
        }
    }

    private static int packedBytes(@Nullable String policy, List<String> arns, Map<String, String> tags) {
        if (policy == null && arns.isEmpty() && tags.isEmpty()) {
            return 0;
        }
        StringBuilder text = new StringBuilder(policy == null ? "" : policy);
        arns.forEach(arn -> text.append('\n').append(arn));
        tags.forEach((key, value) -> text.append('\n').append(key).append('=').append(value));
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(text.toString().getBytes(StandardCharsets.UTF_8));
            deflater.finish();
            byte[] buffer = new byte[4096];
            int bytes = 0;
            while (!deflater.finished()) {
                bytes += deflater.deflate(buffer);
            }
            return bytes;
        } finally {
            deflater.end();
        }
    }
}
