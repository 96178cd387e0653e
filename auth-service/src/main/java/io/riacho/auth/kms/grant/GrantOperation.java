package io.riacho.auth.kms.grant;

import java.util.Arrays;
import java.util.Optional;

/** What a grant on a symmetric key can let its grantee do. */
public enum GrantOperation {
    DECRYPT("Decrypt", true),
    ENCRYPT("Encrypt", true),
    GENERATE_DATA_KEY("GenerateDataKey", true),
    GENERATE_DATA_KEY_WITHOUT_PLAINTEXT("GenerateDataKeyWithoutPlaintext", true),
    RE_ENCRYPT_FROM("ReEncryptFrom", true),
    RE_ENCRYPT_TO("ReEncryptTo", true),
    CREATE_GRANT("CreateGrant", false),
    RETIRE_GRANT("RetireGrant", false),
    DESCRIBE_KEY("DescribeKey", false);

    private final String wireName;
    private final boolean usesContext;

    GrantOperation(String wireName, boolean usesContext) {
        this.wireName = wireName;
        this.usesContext = usesContext;
    }

    /** Empty where grants know no such operation, or none on symmetric keys. */
    public static Optional<GrantOperation> named(String wireName) {
        return Arrays.stream(values())
                .filter(operation -> operation.wireName.equals(wireName))
                .findFirst();
    }

    /** As KMS writes it; behind {@code kms:} it is the action. */
    public String wireName() {
        return wireName;
    }

    /** Whether it takes an encryption context, which a grant's constraints are about. */
    boolean usesContext() {
        return usesContext;
    }
}
