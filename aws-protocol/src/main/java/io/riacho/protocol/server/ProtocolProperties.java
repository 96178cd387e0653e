package io.riacho.protocol.server;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Which account and region this server stands for, and what a request may cost.
 *
 * @param accountId twelve digits
 */
@ConfigurationProperties("riacho")
public record ProtocolProperties(
        @DefaultValue("000000000000") String accountId,
        @DefaultValue("us-east-1") String region,
        @DefaultValue Protocol protocol) {

    /**
     * @param maxBody the largest request body; a larger one is answered with 413
     * @param bodyMemory what the bodies of all requests may take at once; by default a quarter of the heap
     * @param bodyPatience how long a request waits for its share of that memory before it is answered with 503
     */
    public record Protocol(
            @DefaultValue("16MB") DataSize maxBody,
            @Nullable DataSize bodyMemory,
            @DefaultValue("20s") Duration bodyPatience) {

        private static final DataSize LARGEST_BODY = DataSize.ofGigabytes(1);

        public Protocol {
            if (maxBody.compareTo(LARGEST_BODY) > 0 || maxBody.toBytes() < 1) {
                throw new IllegalArgumentException("riacho.protocol.max-body has to be between 1B and 1GB");
            }
        }

        int maxBodyBytes() {
            return (int) maxBody.toBytes();
        }

        /** Never so little that the largest body could not be read. */
        long bodyMemoryBytes() {
            long wanted = bodyMemory != null
                    ? bodyMemory.toBytes()
                    : Runtime.getRuntime().maxMemory() / 4;
            return Math.max(wanted, BodyMemory.arraySize(maxBodyBytes()));
        }
    }
}
