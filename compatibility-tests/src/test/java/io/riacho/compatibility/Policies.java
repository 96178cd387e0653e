package io.riacho.compatibility;

/** Policy documents as the tests need them. */
final class Policies {

    private Policies() {}

    static String allow(String action, String resource) {
        return document("{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\"" + resource + "\"}");
    }

    static String deny(String action, String resource) {
        return document("{\"Effect\":\"Deny\",\"Action\":\"" + action + "\",\"Resource\":\"" + resource + "\"}");
    }

    /** A role's: who may become it. */
    static String trust(String principal) {
        return document("{\"Effect\":\"Allow\",\"Action\":[\"sts:AssumeRole\",\"sts:TagSession\"],"
                + "\"Principal\":{\"AWS\":\"" + principal + "\"}}");
    }

    /** A role's: which service may become it. */
    static String trustService(String service) {
        return document("{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\"," + "\"Principal\":{\"Service\":\""
                + service + "\"}}");
    }

    /** A role's: whose tokens are taken, and of which subject. */
    static String trustTokens(String providerArn, String keyPrefix, String subject) {
        return document("{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRoleWithWebIdentity\","
                + "\"Principal\":{\"Federated\":\"" + providerArn + "\"},"
                + "\"Condition\":{\"StringEquals\":{\"" + keyPrefix + ":sub\":\"" + subject + "\"}}}");
    }

    static String document(String... statements) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
    }

    static String stream(String name) {
        return "arn:aws:kinesis:" + Target.REGION + ":" + Target.ACCOUNT + ":stream/" + name;
    }
}
