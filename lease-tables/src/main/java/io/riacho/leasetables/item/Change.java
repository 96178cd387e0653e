package io.riacho.leasetables.item;

import io.riacho.leasetables.error.DynamoErrors;
import io.riacho.leasetables.expression.Condition;
import io.riacho.leasetables.expression.Update;
import io.riacho.leasetables.table.ItemKey;
import io.riacho.leasetables.table.Table;
import io.riacho.leasetables.value.Value;
import io.riacho.leasetables.value.Values;
import org.jspecify.annotations.Nullable;

/** One conditional change of one item, or the check alone. */
sealed interface Change {

    int LARGEST_ITEM = 400 * 1024;

    /** The table's name. */
    String table();

    Condition condition();

    /** Whether a refusal carries the item. */
    boolean tellsItem();

    /** @throws io.riacho.protocol.AwsException ValidationException where the change has no key of the table */
    ItemKey keyIn(Table table);

    /**
     * What the item becomes; null where it is to be no more.
     *
     * @param before null where there is none
     * @throws io.riacho.protocol.AwsException ValidationException where the item is not as the change needs it
     */
    Value.@Nullable Document after(Table table, Value.@Nullable Document before);

    record Put(String table, Value.Document item, Condition condition, boolean tellsItem) implements Change {
        @Override
        public ItemKey keyIn(Table in) {
            return in.key().ofItem(item);
        }

        @Override
        public Value.Document after(Table in, Value.@Nullable Document before) {
            if (Values.size(item) > LARGEST_ITEM) {
                throw DynamoErrors.itemTooLarge();
            }
            return item;
        }
    }

    record Modify(String table, Value.Document key, Update update, Condition condition, boolean tellsItem)
            implements Change {
        @Override
        public ItemKey keyIn(Table in) {
            for (Update.Action action : update.actions()) {
                if (in.key().has(action.path().attribute())) {
                    throw DynamoErrors.partOfKey(action.path().attribute());
                }
            }
            return in.key().ofKey(key);
        }

        @Override
        public Value.@Nullable Document after(Table in, Value.@Nullable Document before) {
            if (before == null && !update.createsItems()) {
                return null;
            }
            Value.Document after = update.applyTo(before == null ? key : before);
            if (Values.size(after) > LARGEST_ITEM) {
                throw DynamoErrors.updatedItemTooLarge();
            }
            return after;
        }
    }

    record Delete(String table, Value.Document key, Condition condition, boolean tellsItem) implements Change {
        @Override
        public ItemKey keyIn(Table in) {
            return in.key().ofKey(key);
        }

        @Override
        public Value.@Nullable Document after(Table in, Value.@Nullable Document before) {
            return null;
        }
    }

    record Check(String table, Value.Document key, Condition condition, boolean tellsItem) implements Change {
        @Override
        public ItemKey keyIn(Table in) {
            return in.key().ofKey(key);
        }

        @Override
        public Value.@Nullable Document after(Table in, Value.@Nullable Document before) {
            return before;
        }
    }
}
