package io.riacho.protocol.role;

import java.util.regex.Pattern;

/**
 * Who assumes a role, and for what.
 *
 * @param principal the service as trust policies name it, such as {@code firehose.amazonaws.com}
 * @param name of the session, as the ARN of its caller ends: what STS allows, of 1 to 64 characters
 * @param sourceArn the resource that the role was given to, such as a delivery stream
 * @param sourceAccount whose resource that is, twelve digits; it is the external id, too
 */
public record ServiceSession(String principal, String name, String sourceArn, String sourceAccount) {

    private static final String DOMAIN = ".amazonaws.com";
    private static final Pattern PRINCIPAL = Pattern.compile("[a-z][a-z0-9-]{0,62}\\.amazonaws\\.com");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{1,64}");
    private static final Pattern SOURCE_ARN = Pattern.compile("arn:[\\x21-\\x7e]{1,2044}");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");

    /** @throws IllegalArgumentException where a member is of another form */
    public ServiceSession {
        require(PRINCIPAL, principal, "principal");
        require(NAME, name, "name");
        require(SOURCE_ARN, sourceArn, "sourceArn");
        require(ACCOUNT, sourceAccount, "sourceAccount");
    }

    /** The service without its domain, such as {@code firehose}. */
    public String service() {
        return principal.substring(0, principal.length() - DOMAIN.length());
    }

    private static void require(Pattern form, String value, String member) {
        if (!form.matcher(value).matches()) {
            throw new IllegalArgumentException(member + " is not of the form " + form);
        }
    }
}
