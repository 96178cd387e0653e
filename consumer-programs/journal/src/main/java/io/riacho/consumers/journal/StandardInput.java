package io.riacho.consumers.journal;

import java.io.IOException;

/** The line on which a worker hangs: when whoever started it is gone, or lets go of it, it ends. */
public final class StandardInput {

    private StandardInput() {}

    /** Returns when standard input is closed. */
    public static void awaitEnd() {
        try {
            while (System.in.read() >= 0) {
                // What is written there means nothing.
            }
        } catch (IOException e) {
            // As good as closed.
        }
    }
}
