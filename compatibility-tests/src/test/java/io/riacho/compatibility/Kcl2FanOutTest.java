package io.riacho.compatibility;

/** KCL 2 with enhanced fan-out, which it uses unless it is told otherwise. */
final class Kcl2FanOutTest extends KclContract {

    @Override
    ConsumerProgram program() {
        return ConsumerProgram.kcl2FanOut();
    }
}
