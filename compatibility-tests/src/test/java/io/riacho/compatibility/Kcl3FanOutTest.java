package io.riacho.compatibility;

/** KCL 3 with enhanced fan-out, which it uses unless it is told otherwise. */
final class Kcl3FanOutTest extends KclContract {

    @Override
    ConsumerProgram program() {
        return ConsumerProgram.kcl3FanOut();
    }
}
