package io.riacho.compatibility;

import org.junit.jupiter.api.Order;

/** KCL 3 that polls: its leader assigns leases by load, over HTTP/2 and CBOR. */
@Order(1)
final class Kcl3PollingTest extends KclContract {

    @Override
    ConsumerProgram program() {
        return ConsumerProgram.kcl3Polling();
    }
}
