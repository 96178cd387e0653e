package io.riacho.compatibility;

import org.junit.jupiter.api.Order;

/** KCL 3 with enhanced fan-out, which it uses unless it is told otherwise. */
@Order(1)
final class Kcl3FanOutTest extends KclContract {

    @Override
    ConsumerProgram program() {
        return ConsumerProgram.kcl3FanOut();
    }
}
