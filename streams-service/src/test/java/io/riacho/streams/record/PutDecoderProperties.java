package io.riacho.streams.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.protocol.WireFormat;
import io.riacho.protocol.WireRequest;
import io.riacho.streams.TestWire;
import io.riacho.streams.record.PutRequests.Decoded;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/** The fast way to read puts never differs from the generic way: it reads the same, or leaves the request alone. */
class PutDecoderProperties {

    @Property
    void whatRealClientsSendIsReadTheFastWay(@ForAll WireFormat format, @ForAll boolean many) {
        Map<String, Object> members = sample(PutRequests.plainRequests(many));
        WireRequest request = request(format, many, PutRequests.encoded(format, members));

        assertThat(PutRequests.plainly(request, many)).isPresent().isEqualTo(PutRequests.generically(request, many));
    }

    @Property
    void keysInAnyLanguageAreReadTheSameOrLeftAlone(@ForAll WireFormat format, @ForAll boolean many) {
        Map<String, Object> members = sample(PutRequests.anyRequests(many));

        assertAgree(format, many, PutRequests.encoded(format, members));
    }

    @Property(tries = 20_000)
    void aMutatedRequestIsReadTheSameOrLeftAlone(
            @ForAll WireFormat format, @ForAll boolean many, @ForAll("seeds") Random random) {
        assertAgree(format, many, mutatedRequest(format, many, random));
    }

    @Tag("slow")
    @Property(tries = 500_000)
    void noneOfVeryManyMutatedRequestsIsReadDifferently(
            @ForAll WireFormat format, @ForAll boolean many, @ForAll("seeds") Random random) {
        assertAgree(format, many, mutatedRequest(format, many, random));
    }

    @Property(tries = 300)
    void aRequestThatIsCutAnywhereIsLeftAlone(@ForAll WireFormat format, @ForAll boolean many) {
        byte[] body = PutRequests.encoded(format, sample(PutRequests.plainRequests(many)));
        for (int length = 0; length < body.length; length++) {
            WireRequest request = request(format, many, Arrays.copyOf(body, length));
            assertThat(PutRequests.plainly(request, many)).isEmpty();
        }
    }

    @Property(tries = 5_000)
    void anyBytesAreReadTheSameOrLeftAlone(@ForAll WireFormat format, @ForAll boolean many, @ForAll byte[] body) {
        assertAgree(format, many, body);
    }

    private static void assertAgree(WireFormat format, boolean many, byte[] body) {
        WireRequest request = request(format, many, body);
        Optional<Decoded> plain = PutRequests.plainly(request, many);

        plain.ifPresent(decoded -> assertThat(PutRequests.generically(request, many))
                .as("%s %s", format, new String(body, StandardCharsets.ISO_8859_1))
                .contains(decoded));
    }

    private static WireRequest request(WireFormat format, boolean many, byte[] body) {
        return TestWire.request(format, many ? "PutRecords" : "PutRecord", body);
    }

    private static byte[] mutatedRequest(WireFormat format, boolean many, Random random) {
        byte[] body = PutRequests.encoded(format, sample(PutRequests.plainRequests(many)));
        for (int i = random.nextInt(3); i >= 0; i--) {
            body = mutated(body, random);
        }
        return body;
    }

    private static byte[] mutated(byte[] body, Random random) {
        if (body.length == 0) {
            return body;
        }
        int at = random.nextInt(body.length);
        byte[] changed = body.clone();
        return switch (random.nextInt(6)) {
            case 0 -> {
                changed[at] = (byte) random.nextInt(256);
                yield changed;
            }
            case 1 -> {
                changed[at] ^= (byte) (1 << random.nextInt(8));
                yield changed;
            }
            case 2 -> {
                // Where structure is: a character that means something to one of the formats.
                changed[at] = (byte) "{}[]\",:\\=AQ0 \n\u00bf\u009f\u00ff\u00a0\u0060\u0078".charAt(random.nextInt(20));
                yield changed;
            }
            case 3 -> without(body, at, 1 + random.nextInt(Math.min(8, body.length - at)));
            case 4 -> twice(body, at, 1 + random.nextInt(body.length - at));
            default -> {
                // The last character before the padding of some Base64 text holds bits that count for nothing.
                for (int i = at; i + 1 < body.length; i++) {
                    if (changed[i + 1] == '=' && changed[i] != '=') {
                        changed[i]++;
                        break;
                    }
                }
                yield changed;
            }
        };
    }

    private static byte[] without(byte[] body, int from, int count) {
        byte[] shorter = Arrays.copyOf(body, body.length - count);
        System.arraycopy(body, from + count, shorter, from, body.length - from - count);
        return shorter;
    }

    private static byte[] twice(byte[] body, int from, int count) {
        byte[] longer = Arrays.copyOf(body, body.length + count);
        System.arraycopy(body, from, longer, from + count, body.length - from);
        return longer;
    }

    private static Map<String, Object> sample(Arbitrary<Map<String, Object>> requests) {
        return requests.sample();
    }

    @Provide
    Arbitrary<Random> seeds() {
        return Arbitraries.longs().map(Random::new);
    }
}
