package io.riacho.streams.record;

/**
 * A cursor over a request's body that knows the plain forms only, and gives up with {@link NotPlain} on all else. Not
 * thread-safe.
 */
interface PlainReader {

    /** Steps into an object, whose members are then read by turns of {@link #hasNext}, {@link #nextIs} and a value. */
    void beginObject();

    /** Steps into an array; returns how many elements it has, or 0 where that is not known. */
    int beginArray();

    /**
     * Whether the object or array goes on. In an object it steps to the next member's name; at the end it steps out.
     */
    boolean hasNext();

    /** Whether the member that {@link #hasNext} stepped to has the name. */
    boolean nextIs(String name);

    /** The value: a text without escapes and in ASCII. */
    String text();

    /** The value: as {@link #text}, in an array of its own. */
    byte[] asciiBytes();

    /** Steps over the value, a blob, and keeps where its bytes are. */
    void blob();

    byte[] blobArray();

    int blobPosition();

    int blobLength();

    /** Whether nothing follows. */
    boolean isAtEnd();

    /** The body is not plain. It may be right or wrong otherwise. */
    final class NotPlain extends RuntimeException {

        static final NotPlain INSTANCE = new NotPlain();

        private static final long serialVersionUID = 1L;

        private NotPlain() {
            super(null, null, false, false);
        }
    }
}
