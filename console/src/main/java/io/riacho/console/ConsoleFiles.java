package io.riacho.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of the console, out of the jar. What was asked for once is kept, also compressed; as there are few, all fit.
 * Safe for use by many threads.
 */
final class ConsoleFiles {

    static final String INDEX = "index.html";

    /** Names of one part or two, without dots at their beginning: nothing that leads elsewhere. */
    private static final Pattern NAME = Pattern.compile("(?:assets/)?[A-Za-z0-9_-][A-Za-z0-9_.-]{0,100}");

    private static final String ASSETS = "assets/";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "svg", "image/svg+xml",
            "woff2", "font/woff2",
            "png", "image/png",
            "txt", "text/plain;charset=utf-8");
    private static final int WORTH_COMPRESSING = 1024;

    private final Map<String, File> known = new ConcurrentHashMap<>();

    /** A file. Its arrays are not to be changed. */
    static final class File {

        final String type;
        final byte[] content;
        /** With gzip; null where that does not pay. */
        final byte @Nullable [] compressed;
        /** Whether its name changes with what is in it. */
        final boolean immutable;

        File(String type, byte[] content, byte @Nullable [] compressed, boolean immutable) {
            this.type = type;
            this.content = content;
            this.compressed = compressed;
            this.immutable = immutable;
        }
    }

    /** Empty where there is none of this name. */
    Optional<File> find(String name) {
        File file = known.get(name);
        if (file == null && NAME.matcher(name).matches()) {
            file = read(name);
            if (file != null) {
                known.put(name, file);
            }
        }
        return Optional.ofNullable(file);
    }

    private static @Nullable File read(String name) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            return null;
        }
        try (InputStream in = ConsoleFiles.class.getResourceAsStream("web/" + name)) {
            if (in == null) {
                return null;
            }
            byte[] content = in.readAllBytes();
            byte[] compressed = content.length < WORTH_COMPRESSING ? content : compress(content);
            return new File(
                    type, content, compressed.length < content.length ? compressed : null, name.startsWith(ASSETS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] compress(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length / 3);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }
}
