package io.riacho.auth.iam.managed;

import io.riacho.auth.iam.PolicyTexts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A managed policy.
 *
 * @param awsManaged whether it is AWS's: every account has it, and nobody changes it
 * @param attachments to how many users, groups and roles it is attached
 * @param boundaries of how many users and roles it is the permissions boundary
 */
public record ManagedPolicy(
        String id,
        boolean awsManaged,
        String name,
        String path,
        String arn,
        @Nullable String description,
        Instant createdAt,
        Instant updatedAt,
        int defaultVersion,
        int lastVersion,
        int attachments,
        int boundaries) {

    /** One version of its document. */
    public record Version(int number, String document, Instant createdAt) {

        public String id() {
            return versionId(number);
        }

        public String encodedDocument() {
            return PolicyTexts.encode(document);
        }
    }

    public String defaultVersionId() {
        return versionId(defaultVersion);
    }

    static String versionId(int number) {
        return "v" + number;
    }
}
