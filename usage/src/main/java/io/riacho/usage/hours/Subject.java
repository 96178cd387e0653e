package io.riacho.usage.hours;

import java.util.Comparator;

/**
 * Who used what.
 *
 * @param kind of the resource, such as {@code stream}
 * @param resourceId never given to another resource, unlike its name
 * @param principal its ARN, {@link #NOBODY}, {@link #UNKNOWN} or {@link #OTHER}
 */
public record Subject(String kind, String resourceId, String resource, String principal)
        implements Comparable<Subject> {

    /** For what a resource costs by being there. */
    public static final String NOBODY = "";

    /** Where it was used and nobody knows by whom. */
    public static final String UNKNOWN = "unknown";

    /** All those that are too many to be kept apart. */
    public static final String OTHER = "other";

    private static final String SESSION = ":assumed-role/";

    private static final Comparator<Subject> ORDER = Comparator.comparing(Subject::kind)
            .thenComparing(Subject::resourceId)
            .thenComparing(Subject::principal);

    /** To whom usage is put down: the sessions of a role are one, their role. */
    public static String principalOf(String arn) {
        return arn.contains(SESSION) ? arn.substring(0, arn.lastIndexOf('/')) : arn;
    }

    static Subject other(String kind) {
        return new Subject(kind, OTHER, OTHER, OTHER);
    }

    @Override
    public int compareTo(Subject other) {
        return ORDER.compare(this, other);
    }
}
