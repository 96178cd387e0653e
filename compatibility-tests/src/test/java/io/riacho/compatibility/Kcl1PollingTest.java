package io.riacho.compatibility;

/** KCL 1, on the AWS SDK for Java 1. */
final class Kcl1PollingTest extends KclContract {

    @Override
    ConsumerProgram program() {
        return ConsumerProgram.kcl1Polling();
    }
}
