package io.riacho.log;

import java.io.IOException;
import java.util.Locale;

/** Tells a full disk from other failures. The JDK has no exception of its own for it, only the system's text. */
final class NoRoom {

    private NoRoom() {}

    static boolean isReasonOf(IOException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left") || message.contains("quota exceeded");
    }
}
