package io.riacho.protocol.signature;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request's query, decoded, in the order in which it was sent. */
final class Query {

    private static final Query EMPTY = new Query(List.of());

    private final List<Parameter> parameters;

    private Query(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    static Query parse(@Nullable String raw) {
        if (raw == null || raw.isEmpty()) {
            return EMPTY;
        }
        List<Parameter> parameters = new ArrayList<>();
        int position = 0;
        while (position <= raw.length()) {
            int end = raw.indexOf('&', position);
            if (end < 0) {
                end = raw.length();
            }
            if (end > position) {
                int equals = raw.indexOf('=', position);
                boolean bare = equals < 0 || equals > end;
                parameters.add(new Parameter(
                        UriEncoding.decode(raw.substring(position, bare ? end : equals)),
                        bare ? "" : UriEncoding.decode(raw.substring(equals + 1, end))));
            }
            position = end + 1;
        }
        return new Query(parameters);
    }

    @Nullable
    String first(String name) {
        for (Parameter parameter : parameters) {
            if (parameter.name.equals(name)) {
                return parameter.value;
            }
        }
        return null;
    }

    /** Sorted by encoded name, then by encoded value, as it is signed. */
    String canonical(boolean withoutSignature) {
        if (parameters.isEmpty()) {
            return "";
        }
        List<Parameter> encoded = new ArrayList<>(parameters.size());
        for (Parameter parameter : parameters) {
            if (!(withoutSignature && parameter.name.equals("X-Amz-Signature"))) {
                encoded.add(new Parameter(encode(parameter.name), encode(parameter.value)));
            }
        }
        encoded.sort(Comparator.comparing(Parameter::name).thenComparing(Parameter::value));
        StringBuilder canonical = new StringBuilder();
        for (Parameter parameter : encoded) {
            if (!canonical.isEmpty()) {
                canonical.append('&');
            }
            canonical.append(parameter.name).append('=').append(parameter.value);
        }
        return canonical.toString();
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        UriEncoding.encode(text, false, encoded);
        return encoded.toString();
    }

    private record Parameter(String name, String value) {}
}
