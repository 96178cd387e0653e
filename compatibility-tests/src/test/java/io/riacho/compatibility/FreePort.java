package io.riacho.compatibility;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * Ports for processes that listen where their tests tell them, and do so again after they were killed. They lie below those
 * that systems give to connections and to servers that ask for any port, so nobody gets one while its process starts. Safe
 * for use by several threads.
 */
final class FreePort {

    private static final int FIRST = 20_000;
    private static final int COUNT = 12_000;
    private static final AtomicInteger NEXT =
            new AtomicInteger(RandomGenerator.getDefault().nextInt(COUNT));

    private FreePort() {}

    /** One that is free, and that this process is not given again. */
    static int next() {
        for (int i = 0; i < COUNT; i++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("No port is free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
