package io.riacho.leasetables.table;

import io.riacho.leasetables.error.DynamoErrors;
import io.riacho.leasetables.value.KeyBytes;
import io.riacho.leasetables.value.Type;
import io.riacho.leasetables.value.Value;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which attributes are the key of a table or of an index.
 *
 * @param range null where items have a hash key alone
 */
public record KeySchema(Attribute hash, @Nullable Attribute range) {

    private static final int LONGEST_HASH = 2048;
    private static final int LONGEST_RANGE = 1024;

    /** @param type a text, number or binary */
    public record Attribute(String name, Type type) {}

    /** The attributes, the hash key first. */
    public List<Attribute> attributes() {
        return range == null ? List.of(hash) : List.of(hash, range);
    }

    public boolean has(String name) {
        return hash.name().equals(name) || (range != null && range.name().equals(name));
    }

    /** Only the key of an item. */
    public Value.Document keyOf(Value.Document item) {
        Value.Document key = Value.Document.EMPTY;
        for (Attribute attribute : attributes()) {
            Value value = item.get(attribute.name());
            if (value != null) {
                key = key.with(attribute.name(), value);
            }
        }
        return key;
    }

    /**
     * Where the item of this key is.
     *
     * @param key all of the key, and nothing else
     * @throws io.riacho.protocol.AwsException ValidationException where it is no such key
     */
    public ItemKey ofKey(Value.Document key) {
        if (key.values().size() != attributes().size()) {
            throw DynamoErrors.validation("The number of conditions on the keys is invalid");
        }
        for (Attribute attribute : attributes()) {
            Value value = key.get(attribute.name());
            if (value == null || value.type() != attribute.type()) {
                throw DynamoErrors.keyDoesNotMatch();
            }
        }
        return located(key);
    }

    /**
     * Where this item is.
     *
     * @throws io.riacho.protocol.AwsException ValidationException where the item does not have the key
     */
    public ItemKey ofItem(Value.Document item) {
        for (Attribute attribute : attributes()) {
            Value value = item.get(attribute.name());
            if (value == null) {
                throw DynamoErrors.missingKey(attribute.name());
            }
            if (value.type() != attribute.type()) {
                throw DynamoErrors.keyType(
                        attribute.name(), attribute.type().name(), value.type().name());
            }
        }
        return located(item);
    }

    /**
     * Where an index has this item; empty where it does not have it.
     *
     * @param index its name
     * @throws io.riacho.protocol.AwsException ValidationException where the attributes are of other types
     */
    public Optional<ItemKey> inIndex(Value.Document item, String index) {
        for (Attribute attribute : attributes()) {
            Value value = item.get(attribute.name());
            if (value == null) {
                return Optional.empty();
            }
            if (value.type() != attribute.type()) {
                throw DynamoErrors.indexKeyType(
                        attribute.name(), attribute.type().name(), value.type().name(), index);
            }
        }
        return Optional.of(located(item));
    }

    private ItemKey located(Value.Document item) {
        byte[] hashBytes = bytes(item, hash, "hashkey", LONGEST_HASH);
        byte[] rangeBytes = range == null ? KeyBytes.none() : bytes(item, range, "rangekey", LONGEST_RANGE);
        return new ItemKey(KeyBytes.partition(hashBytes), rangeBytes);
    }

    private static byte[] bytes(Value.Document item, Attribute attribute, String which, int longest) {
        byte[] bytes = KeyBytes.ordered(required(item, attribute));
        if (bytes.length == 0) {
            throw DynamoErrors.emptyKey(attribute.name(), attribute.type() == Type.S ? "string" : "binary");
        }
        if (bytes.length > longest) {
            throw DynamoErrors.keyTooLong(which, longest);
        }
        return bytes;
    }

    private static Value required(Value.Document item, Attribute attribute) {
        Value value = item.get(attribute.name());
        if (value == null) {
            throw DynamoErrors.missingKey(attribute.name());
        }
        return value;
    }
}
