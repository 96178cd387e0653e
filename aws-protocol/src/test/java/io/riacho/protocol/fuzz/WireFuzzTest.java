package io.riacho.protocol.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Jazzer's way into the parsers, guided by what an input reaches. One target in a run:
 * {@code JAZZER_FUZZ=1 ./mvnw -pl aws-protocol test -Pslow -Dtest=WireFuzzTest#json}
 */
@Tag("slow")
class WireFuzzTest {

    @MethodSource("jsonSeeds")
    @FuzzTest(maxDuration = "60s")
    void json(byte[] input) {
        Target.JSON.accepts(input);
    }

    @MethodSource("cborSeeds")
    @FuzzTest(maxDuration = "60s")
    void cbor(byte[] input) {
        Target.CBOR.accepts(input);
    }

    @MethodSource("formSeeds")
    @FuzzTest(maxDuration = "60s")
    void form(byte[] input) {
        Target.FORM.accepts(input);
    }

    @MethodSource("authorizationSeeds")
    @FuzzTest(maxDuration = "60s")
    void authorization(byte[] input) {
        Target.AUTHORIZATION.accepts(input);
    }

    static Stream<byte[]> jsonSeeds() {
        return Target.JSON.seeds().stream();
    }

    static Stream<byte[]> cborSeeds() {
        return Target.CBOR.seeds().stream();
    }

    static Stream<byte[]> formSeeds() {
        return Target.FORM.seeds().stream();
    }

    static Stream<byte[]> authorizationSeeds() {
        return Target.AUTHORIZATION.seeds().stream();
    }
}
