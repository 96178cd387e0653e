package io.riacho.protocol.query;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.shape.Member;
import io.riacho.protocol.shape.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/**
 * Reads the SDK's model classes from Query parameters: the mirror image of the SDK's own marshaller. Parameters that the
 * model does not know are ignored, as AWS does. Lists may have gaps, which are closed. Safe for use by many threads.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html">AWS Query protocol</a>
 */
public final class QueryReader {

    /** A list has no more elements than there may be parameters, and its last index tells nothing more. */
    private static final int MAX_INDEX_DIGITS = 5;

    /** @throws AwsException MalformedInput where a value does not fit its member */
    public <T extends SdkPojo> T read(Class<T> type, QueryForm form) {
        return type.cast(structure(ParameterTree.of(form), Shape.of(type)));
    }

    private static SdkPojo structure(ParameterTree tree, Shape shape) {
        SdkPojo builder = shape.newBuilder();
        tree.children().forEach((name, child) -> {
            Member member = shape.member(name);
            if (member != null) {
                member.set(builder, value(child, member));
            }
        });
        return Shape.build(builder);
    }

    private static Object value(ParameterTree tree, Member member) {
        return switch (member.type()) {
            case SDK_POJO -> {
                if (isText(tree)) {
                    throw QueryErrors.structureExpected();
                }
                yield structure(tree, member.shape());
            }
            case LIST -> list(tree, member);
            case MAP -> map(tree, member);
            default -> {
                String text = tree.value();
                if (text == null || !tree.children().isEmpty()) {
                    throw QueryErrors.structureNotExpected();
                }
                yield ScalarText.read(text, member);
            }
        };
    }

    private static List<Object> list(ParameterTree tree, Member member) {
        ListTrait trait = member.field().getRequiredTrait(ListTrait.class);
        ParameterTree elements =
                elements(tree, trait.isFlattened(), trait.memberFieldInfo().locationName(), QueryErrors::listExpected);
        List<Object> list = new ArrayList<>();
        if (elements != null) {
            inOrder(elements).values().forEach(element -> list.add(value(element, member.element())));
        }
        return list;
    }

    private static Map<String, Object> map(ParameterTree tree, Member member) {
        MapTrait trait = member.field().getRequiredTrait(MapTrait.class);
        ParameterTree entries = elements(tree, trait.isFlattened(), "entry", QueryErrors::mapExpected);
        Map<String, Object> map = new LinkedHashMap<>();
        if (entries != null) {
            for (ParameterTree entry : inOrder(entries).values()) {
                ParameterTree key = entry.child(trait.keyLocationName());
                ParameterTree value = entry.child(trait.valueLocationName());
                if (key == null || key.value() == null || value == null) {
                    throw QueryErrors.mapExpected();
                }
                map.put(key.value(), value(value, member.element()));
            }
        }
        return map;
    }

    /** What holds the numbered elements; null where the list or map was sent as empty. */
    private static @Nullable ParameterTree elements(
            ParameterTree tree, boolean flattened, String name, Supplier<AwsException> notOne) {
        if (isText(tree)) {
            throw notOne.get();
        }
        if (tree.children().isEmpty()) {
            return null;
        }
        if (flattened) {
            return tree;
        }
        ParameterTree elements = tree.child(name);
        // To ignore other names would drop what the caller believes to have sent.
        if (elements == null || elements.value() != null || tree.children().size() > 1) {
            throw notOne.get();
        }
        return elements;
    }

    private static boolean isText(ParameterTree tree) {
        return tree.value() != null && !tree.value().isEmpty();
    }

    private static SortedMap<Integer, ParameterTree> inOrder(ParameterTree elements) {
        SortedMap<Integer, ParameterTree> inOrder = new TreeMap<>();
        elements.children().forEach((name, element) -> inOrder.put(index(name), element));
        return inOrder;
    }

    private static int index(String text) {
        if (text.isEmpty() || text.length() > MAX_INDEX_DIGITS || text.charAt(0) == '0') {
            throw QueryErrors.notAnIndex();
        }
        int index = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                throw QueryErrors.notAnIndex();
            }
            index = index * 10 + (c - '0');
        }
        return index;
    }
}
