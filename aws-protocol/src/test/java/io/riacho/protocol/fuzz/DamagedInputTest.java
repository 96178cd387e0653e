package io.riacho.protocol.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Good input, damaged at random in the same way in each run. How much is tried can be raised:
 * {@code -Driacho.fuzz.inputs=10000000}
 */
class DamagedInputTest {

    private static final int INPUTS = Integer.getInteger("riacho.fuzz.inputs", 60_000);
    private static final byte[] TELLING = {
        0,
        -1,
        '"',
        '\\',
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '=',
        '&',
        '.',
        '%',
        '/',
        ' ',
        '\n',
        '+',
        '-',
        '9',
        'e',
        0x1B,
        0x5F,
        0x7F,
        (byte) 0x9F,
        (byte) 0xBF,
        (byte) 0xC1,
        (byte) 0xC2,
        (byte) 0xFB,
        (byte) 0xF6
    };

    @ParameterizedTest
    @EnumSource
    void noInputIsTheServersFault(Target target) {
        Random random = new Random(42);
        List<byte[]> seeds = target.seeds();
        for (int i = 0; i < INPUTS; i++) {
            byte[] input = damaged(seeds.get(random.nextInt(seeds.size())), random);
            // Any throwable but the ones that a target allows fails the test.
            target.accepts(input);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JSON", "CBOR", "FORM"})
    void undamagedInputIsAccepted(Target target) {
        assertThat(target.seeds()).anyMatch(target::accepts);
    }

    private static byte[] damaged(byte[] seed, Random random) {
        byte[] bytes = seed.clone();
        for (int damage = 1 + random.nextInt(4); damage > 0 && bytes.length > 0; damage--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] = (byte) random.nextInt();
                case 1 -> bytes[at] = TELLING[random.nextInt(TELLING.length)];
                case 2 -> bytes = spliced(bytes, at, at, TELLING[random.nextInt(TELLING.length)]);
                case 3 -> bytes = java.util.Arrays.copyOf(bytes, at);
                default -> {
                    int to = at + random.nextInt(bytes.length - at);
                    bytes = spliced(bytes, at, to, bytes[random.nextInt(bytes.length)]);
                }
            }
        }
        return bytes;
    }

    /** Puts one byte in the place of some. */
    private static byte[] spliced(byte[] bytes, int from, int to, byte with) {
        byte[] spliced = new byte[bytes.length - (to - from) + 1];
        System.arraycopy(bytes, 0, spliced, 0, from);
        spliced[from] = with;
        System.arraycopy(bytes, to, spliced, from + 1, bytes.length - to);
        return spliced;
    }
}
