package io.riacho.access;

import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.utils.ThreadFactoryBuilder;

/**
 * The threads that serve the connections of all of this process's AWS SDK clients. They last as long as the process: who closes the last
 * client of the SDK's own threads waits for two seconds, in which Netty wants to hear of no more work.
 */
public final class ConnectionThreads {

    private static final SdkEventLoopGroup ALL = SdkEventLoopGroup.builder()
            .threadFactory(new ThreadFactoryBuilder()
                    .threadNamePrefix("aws-connections")
                    .daemonThreads(true)
                    .build())
            .build();

    private ConnectionThreads() {}

    /** Not for the caller to close. */
    public static SdkEventLoopGroup ofThisProcess() {
        return ALL;
    }
}
