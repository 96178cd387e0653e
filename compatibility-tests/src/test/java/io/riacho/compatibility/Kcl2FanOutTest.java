package io.riacho.compatibility;

import org.junit.jupiter.api.Order;

/** KCL 2 with enhanced fan-out, which it uses unless it is told otherwise. */
@Order(1)
final class Kcl2FanOutTest extends KclContract {

    @Override
    ConsumerProgram program() {
        return ConsumerProgram.kcl2FanOut();
    }
}
