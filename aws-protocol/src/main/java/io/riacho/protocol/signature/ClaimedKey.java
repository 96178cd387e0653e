package io.riacho.protocol.signature;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the access key id that a request names, proven or not. */
public final class ClaimedKey {

    private static final int LONGEST_HEADER = 8192;
    private static final Pattern IN_HEADER = Pattern.compile("Credential=([A-Za-z0-9]{1,128})/");
    private static final Pattern IN_QUERY = Pattern.compile("(?:^|&)X-Amz-Credential=([A-Za-z0-9]{1,128})(?:/|%2F)");

    private ClaimedKey() {}

    /** Null where it names none, or one that could be no access key's. */
    public static @Nullable String of(RequestHead head) {
        String authorization = head.header("authorization");
        String text = authorization != null ? authorization : head.query();
        if (text == null || text.length() > LONGEST_HEADER) {
            return null;
        }
        Matcher matcher = (authorization != null ? IN_HEADER : IN_QUERY).matcher(text);
        return matcher.find() ? matcher.group(1) : null;
    }
}
