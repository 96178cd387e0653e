package io.riacho.leasetables.value;

import io.riacho.leasetables.error.DynamoErrors;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Values from and to the wire's form, their sizes and their order. */
public final class Values {

    /** How deep maps and lists may be nested. */
    private static final int MAX_DEPTH = 32;

    private Values() {}

    /** @throws io.riacho.protocol.AwsException ValidationException where it is no value that DynamoDB keeps */
    public static Value of(AttributeValue wire) {
        return of(wire, 1);
    }

    public static Value.Document of(Map<String, AttributeValue> wire) {
        return document(wire, 0);
    }

    public static List<Value> all(List<AttributeValue> wire) {
        return wire.stream().map(Values::of).toList();
    }

    public static Map<String, AttributeValue> toWire(Value.Document document) {
        Map<String, AttributeValue> wire = new LinkedHashMap<>();
        document.values().forEach((name, value) -> wire.put(name, toWire(value)));
        return wire;
    }

    public static AttributeValue toWire(Value value) {
        return switch (value) {
            case Value.Text(String text) -> AttributeValue.fromS(text);
            case Value.Decimal(var number) -> AttributeValue.fromN(Numbers.text(number));
            case Value.Binary(var bytes) -> AttributeValue.fromB(bytes);
            case Value.Bool(boolean bool) -> AttributeValue.fromBool(bool);
            case Value.Null() -> AttributeValue.fromNul(true);
            case Value.Many many -> toWire(many);
            case Value.Sequence(var values) ->
                AttributeValue.fromL(values.stream().map(Values::toWire).toList());
            case Value.Document document -> AttributeValue.fromM(toWire(document));
        };
    }

    /** An item's size as DynamoDB counts it, in bytes. */
    public static int size(Value.Document item) {
        int size = 0;
        for (Map.Entry<String, Value> entry : item.values().entrySet()) {
            size += utf8(entry.getKey()) + size(entry.getValue());
        }
        return size;
    }

    /**
     * Compares two values of the same ordered type.
     *
     * @see Type#isOrdered
     */
    public static int compare(Value a, Value b) {
        if (a instanceof Value.Decimal(var left) && b instanceof Value.Decimal(var right)) {
            return left.compareTo(right);
        }
        return Arrays.compareUnsigned(KeyBytes.ordered(a), KeyBytes.ordered(b));
    }

    private static AttributeValue toWire(Value.Many many) {
        return switch (many.type()) {
            case SS ->
                AttributeValue.fromSs(many.values().stream()
                        .map(value -> ((Value.Text) value).value())
                        .toList());
            case NS ->
                AttributeValue.fromNs(many.values().stream()
                        .map(value -> Numbers.text(((Value.Decimal) value).value()))
                        .toList());
            default ->
                AttributeValue.fromBs(many.values().stream()
                        .map(value -> ((Value.Binary) value).value())
                        .toList());
        };
    }

    private static int size(Value value) {
        return switch (value) {
            case Value.Text(String text) -> utf8(text);
            case Value.Decimal(var number) -> Numbers.size(number);
            case Value.Binary(var bytes) -> bytes.asByteArrayUnsafe().length;
            case Value.Bool _, Value.Null _ -> 1;
            case Value.Many many ->
                many.values().stream().mapToInt(Values::size).sum();
            case Value.Sequence(var values) ->
                3 + values.stream().mapToInt(element -> 1 + size(element)).sum();
            case Value.Document document -> 3 + document.values().size() + size(document);
        };
    }

    private static int utf8(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            length += c < 0x80 ? 1 : c < 0x800 ? 2 : Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }

    private static Value of(AttributeValue wire, int depth) {
        if (depth > MAX_DEPTH) {
            throw DynamoErrors.tooDeep();
        }
        List<Value> given = new ArrayList<>(1);
        if (wire.s() != null) {
            given.add(new Value.Text(wellFormed(wire.s())));
        }
        if (wire.n() != null) {
            given.add(new Value.Decimal(Numbers.parse(wire.n())));
        }
        if (wire.b() != null) {
            given.add(new Value.Binary(wire.b()));
        }
        if (wire.bool() != null) {
            given.add(new Value.Bool(wire.bool()));
        }
        if (wire.nul() != null) {
            if (!wire.nul()) {
                throw DynamoErrors.nullIsFalse();
            }
            given.add(new Value.Null());
        }
        if (wire.hasSs()) {
            given.add(set(Type.SS, wire.ss(), text -> new Value.Text(wellFormed(text))));
        }
        if (wire.hasNs()) {
            given.add(set(Type.NS, wire.ns(), text -> new Value.Decimal(Numbers.parse(text))));
        }
        if (wire.hasBs()) {
            given.add(set(Type.BS, wire.bs(), Value.Binary::new));
        }
        if (wire.hasL()) {
            given.add(sequence(wire.l(), depth));
        }
        if (wire.hasM()) {
            given.add(document(wire.m(), depth));
        }
        if (given.isEmpty()) {
            throw DynamoErrors.noType();
        }
        if (given.size() > 1) {
            throw DynamoErrors.severalTypes();
        }
        return given.getFirst();
    }

    private static <T> Value.Many set(Type type, List<T> wire, Function<T, Value> element) {
        if (wire.isEmpty()) {
            throw DynamoErrors.emptySet();
        }
        Set<Value> values = new LinkedHashSet<>();
        for (T one : wire) {
            if (one == null) {
                throw DynamoErrors.nullInSet(type.name());
            }
            if (!values.add(element.apply(one))) {
                throw DynamoErrors.duplicates(type.name(), wire);
            }
        }
        return new Value.Many(type, values);
    }

    private static Value.Sequence sequence(List<AttributeValue> wire, int depth) {
        List<Value> values = new ArrayList<>(wire.size());
        for (AttributeValue element : wire) {
            values.add(of(present(element), depth + 1));
        }
        return new Value.Sequence(values);
    }

    private static Value.Document document(Map<String, AttributeValue> wire, int depth) {
        Map<String, Value> values = new LinkedHashMap<>();
        wire.forEach((name, value) -> values.put(wellFormed(name), of(present(value), depth + 1)));
        return new Value.Document(values);
    }

    private static AttributeValue present(AttributeValue value) {
        if (value == null) {
            throw DynamoErrors.noType();
        }
        return value;
    }

    /** Half of a pair of surrogates has no form in UTF-8. */
    private static String wellFormed(String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw DynamoErrors.notUnicode();
        }
        return text;
    }
}
