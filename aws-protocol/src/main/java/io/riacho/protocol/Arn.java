package io.riacho.protocol;

import java.util.Optional;

/**
 * An Amazon Resource Name, {@code arn:partition:service:region:account:resource}. Region and account may be empty; the
 * resource is the service's own and may hold colons.
 */
public record Arn(String partition, String service, String region, String accountId, String resource) {

    private static final int MAX_LENGTH = 2048;
    private static final int ACCOUNT_DIGITS = 12;

    public Arn {
        if (!isWord(partition) || !isWord(service) || resource.isEmpty()) {
            throw new IllegalArgumentException("An ARN has a partition, a service and a resource");
        }
        if (!region.isEmpty() && !isWord(region)) {
            throw new IllegalArgumentException("Not a region: " + region);
        }
        if (!accountId.isEmpty() && !isAccount(accountId)) {
            throw new IllegalArgumentException("Not an account: " + accountId);
        }
    }

    /** Empty where the text is no ARN. */
    public static Optional<Arn> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String[] parts = text.split(":", 6);
        if (parts.length != 6 || !parts[0].equals("arn")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "arn:" + partition + ':' + service + ':' + region + ':' + accountId + ':' + resource;
    }

    private static boolean isWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isAccount(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return text.equals("aws");
            }
        }
        return text.length() == ACCOUNT_DIGITS;
    }
}
