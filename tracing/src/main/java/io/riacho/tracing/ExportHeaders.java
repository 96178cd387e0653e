package io.riacho.tracing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The headers of a file, read for each request, so that a secret can be exchanged without a restart. They are never shown. Safe
 * for use by many threads.
 */
final class ExportHeaders implements Supplier<Map<String, String>> {

    private static final Logger log = LoggerFactory.getLogger(ExportHeaders.class);
    private static final long LARGEST = 64 << 10;

    /** RFC 9110, sections 5.1 and 5.5. */
    private static final Pattern LINE =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*([\\x21-\\x7E][\\x20-\\x7E]*)");

    private final Path file;
    private volatile Map<String, String> last;

    /** @throws IllegalArgumentException where the file cannot be used */
    ExportHeaders(Path file) {
        this.file = file;
        try {
            last = read();
        } catch (IOException e) {
            throw new IllegalArgumentException("riacho.tracing.headers-file cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public Map<String, String> get() {
        try {
            last = read();
        } catch (IOException e) {
            log.warn("The headers for the traces' collector stay as they are: {}", e.getMessage());
        }
        return last;
    }

    private Map<String, String> read() throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is too large");
        }
        Map<String, String> headers = new HashMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (!line.isBlank()) {
                Matcher header = LINE.matcher(line.strip());
                if (!header.matches()) {
                    throw new IOException("line " + number + " of " + file + " is no 'Name: value'");
                }
                headers.put(header.group(1), header.group(2));
            }
        }
        return Map.copyOf(headers);
    }

    @Override
    public String toString() {
        return "ExportHeaders[" + file + "]";
    }
}
