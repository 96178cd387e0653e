package io.riacho.consumers.journal;

import java.io.IOException;

/** The line on which a worker hangs: when whoever started it is gone, or lets go of it, it ends. */
public final class StandardInput {

    private static final long GRACE_MILLISECONDS = 10_000;

    private StandardInput() {}

    /** Asks the worker to stop when standard input is closed, and ends the process if it has not ended ten seconds later. */
    public static void whenClosed(Runnable stop) {
        Thread.ofPlatform().daemon().name("standard-input").start(() -> {
            try {
                while (System.in.read() >= 0) {
                    // What is written there means nothing.
                }
            } catch (IOException e) {
                // As good as closed.
            }
            stop.run();
            try {
                Thread.sleep(GRACE_MILLISECONDS);
            } catch (InterruptedException e) {
                // All the more reason to end.
            }
            Runtime.getRuntime().halt(1);
        });
    }
}
