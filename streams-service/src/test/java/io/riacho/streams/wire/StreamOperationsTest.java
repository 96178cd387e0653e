package io.riacho.streams.wire;

import static io.riacho.streams.wire.WireServer.ACCOUNT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamOperationsTest {

    private final WireServer server = WireServer.shared();

    @Test
    void anUnknownStreamIsNotFound() {
        String name = WireServer.newName();
        server.call("DescribeStream", "StreamName", name)
                .isError("ResourceNotFoundException", "Stream " + name + " under account " + ACCOUNT + " not found.");
        String made = server.createStream(3);
        assertThat(server.describe(made).path("StreamStatus").asString()).isEqualTo("ACTIVE");
    }
}
