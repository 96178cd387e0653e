package io.riacho.compatibility;

/** KCL 3 that polls: its leader assigns leases by load, over HTTP/2 and CBOR. */
final class Kcl3PollingTest extends KclContract {

    @Override
    ConsumerProgram program() {
        return ConsumerProgram.kcl3Polling();
    }
}
