package io.riacho.protocol.query;

import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Text as XML 1.0 can hold it (section 2.2). What it cannot hold, not even escaped, becomes U+FFFD: most control
 * characters and halves of surrogate pairs. A carriage return is escaped, because parsers read a bare one as a line feed.
 */
final class XmlText {

    private static final String REPLACEMENT = "\uFFFD";

    private XmlText() {}

    static void write(XMLStreamWriter writer, String text) throws XMLStreamException {
        int written = 0;
        int position = 0;
        while (position < text.length()) {
            int c = text.codePointAt(position);
            int next = position + Character.charCount(c);
            if (c == '\r' || !isAllowed(c)) {
                writer.writeCharacters(text.substring(written, position));
                if (c == '\r') {
                    writer.writeEntityRef("#xD");
                } else {
                    writer.writeCharacters(REPLACEMENT);
                }
                written = next;
            }
            position = next;
        }
        writer.writeCharacters(written == 0 ? text : text.substring(written));
    }

    private static boolean isAllowed(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= 0xFFFD)
                || c >= 0x10000;
    }
}
