package io.riacho.protocol.query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Fills the SDK's model classes at random, in the same way for the same seed. */
final class RandomShapes {

    private static final int MAX_DEPTH = 4;
    private static final String CHARACTERS = "abcXYZ019 +&=%<>\"'/.:-_~\t\n\r{}[]äß€\u0085\u2028\uD83D\uDE00";

    private final Random random;
    private final boolean emptyOnes;

    /** @param emptyOnes whether to make structures and maps that hold nothing, which a form cannot tell from absent ones */
    RandomShapes(long seed, boolean emptyOnes) {
        this.random = new Random(seed);
        this.emptyOnes = emptyOnes;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    SdkPojo structure(SdkPojo builder) {
        return structure(builder, 0);
    }

    private SdkPojo structure(SdkPojo builder, int depth) {
        boolean isEmpty = true;
        for (SdkField<?> field : builder.sdkFields()) {
            if (random.nextInt(3) > 0 && !(depth >= MAX_DEPTH && isNested(field))) {
                field.set(builder, value(field, depth));
                isEmpty = false;
            }
        }
        if (isEmpty && !emptyOnes && depth > 0) {
            SdkField<?> first = builder.sdkFields().getFirst();
            first.set(builder, value(first, depth));
        }
        return (SdkPojo) ((Buildable) builder).build();
    }

    private static boolean isNested(SdkField<?> field) {
        MarshallingKnownType type = field.marshallingType().getKnownType();
        return type == MarshallingKnownType.SDK_POJO
                || type == MarshallingKnownType.LIST
                || type == MarshallingKnownType.MAP;
    }

    private Object value(SdkField<?> field, int depth) {
        return switch (field.marshallingType().getKnownType()) {
            case STRING -> text();
            case BOOLEAN -> random.nextBoolean();
            case INTEGER -> random.nextInt();
            case LONG -> random.nextLong();
            case SHORT -> (short) random.nextInt();
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextDouble() * 1e6;
            case INSTANT -> Instant.ofEpochMilli(random.nextLong(-1_000_000_000_000L, 4_000_000_000_000L));
            case SDK_BYTES -> {
                byte[] bytes = new byte[random.nextInt(20)];
                random.nextBytes(bytes);
                yield SdkBytes.fromByteArray(bytes);
            }
            case SDK_POJO -> structure(field.constructor().get(), depth + 1);
            case LIST -> {
                SdkField<?> element = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
                boolean flattened = field.getRequiredTrait(ListTrait.class).isFlattened();
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(flattened ? 1 : 0, 14); i > 0; i--) {
                    list.add(value(element, depth + 1));
                }
                yield list;
            }
            case MAP -> {
                MapTrait trait = field.getRequiredTrait(MapTrait.class);
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(emptyOnes && !trait.isFlattened() ? 0 : 1, 4); i > 0; i--) {
                    map.put(text(), value(trait.valueFieldInfo(), depth + 1));
                }
                yield map;
            }
            default -> throw new IllegalStateException(field.memberName());
        };
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int[] characters = CHARACTERS.codePoints().toArray();
        for (int i = random.nextInt(12); i > 0; i--) {
            text.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return text.toString();
    }
}
