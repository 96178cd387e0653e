package io.riacho.protocol.signature;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A request in the one form that both sides sign. See "Create a signed AWS API request" in the IAM User Guide; the path
 * is normalised and encoded once more than it was sent, as for every service but S3.
 */
final class CanonicalRequest {

    private static final HexFormat HEX = HexFormat.of();

    private CanonicalRequest() {}

    static byte[] of(RequestHead request, Query query, SignatureParameters parameters, byte[] bodyHash) {
        StringBuilder canonical = new StringBuilder(1024);
        canonical.append(request.method()).append('\n');
        path(request.path(), canonical);
        canonical.append('\n').append(query.canonical(parameters.presigned())).append('\n');
        String names = parameters.signedHeaders();
        int position = 0;
        while (position <= names.length()) {
            int end = names.indexOf(';', position);
            if (end < 0) {
                end = names.length();
            }
            String name = names.substring(position, end);
            canonical.append(name).append(':');
            values(request.headers(name), canonical);
            canonical.append('\n');
            position = end + 1;
        }
        canonical.append('\n').append(names).append('\n');
        HEX.formatHex(canonical, bodyHash);
        return canonical.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void path(String path, StringBuilder to) {
        if (path.isEmpty() || path.equals("/")) {
            to.append('/');
            return;
        }
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/")) {
            switch (segment) {
                case "", "." -> {}
                case ".." -> {
                    if (!segments.isEmpty()) {
                        segments.removeLast();
                    }
                }
                default -> segments.add(segment);
            }
        }
        for (String segment : segments) {
            to.append('/');
            UriEncoding.encode(segment, false, to);
        }
        if (segments.isEmpty() || path.endsWith("/")) {
            to.append('/');
        }
    }

    private static void values(List<String> values, StringBuilder to) {
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                to.append(',');
            }
            value(values.get(i), to);
        }
    }

    /** Trims, and makes one space of several. */
    private static void value(String value, StringBuilder to) {
        int end = value.length();
        while (end > 0 && isSpace(value.charAt(end - 1))) {
            end--;
        }
        int position = 0;
        while (position < end && isSpace(value.charAt(position))) {
            position++;
        }
        if (value.indexOf("  ", position) < 0 && value.indexOf('\t', position) < 0) {
            to.append(value, position, end);
            return;
        }
        boolean space = false;
        for (; position < end; position++) {
            char c = value.charAt(position);
            if (isSpace(c)) {
                space = true;
            } else {
                if (space) {
                    to.append(' ');
                    space = false;
                }
                to.append(c);
            }
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
