package io.riacho.compatibility;

import org.junit.jupiter.api.Order;

/** KCL 1, on the AWS SDK for Java 1. */
@Order(1)
final class Kcl1PollingTest extends KclContract {

    @Override
    ConsumerProgram program() {
        return ConsumerProgram.kcl1Polling();
    }
}
