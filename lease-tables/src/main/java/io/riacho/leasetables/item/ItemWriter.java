package io.riacho.leasetables.item;

import io.riacho.leasetables.error.DynamoErrors;
import io.riacho.leasetables.table.IndexStore;
import io.riacho.leasetables.table.ItemKey;
import io.riacho.leasetables.table.Table;
import io.riacho.leasetables.table.TableStore;
import io.riacho.leasetables.table.Transactions;
import io.riacho.leasetables.value.Value;
import io.riacho.leasetables.value.Values;
import io.riacho.protocol.AwsException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes items, each only where its condition holds, several of them all or none.
 *
 * <p>A transaction locks its tables, then its items, each in the order of their locks, so that no two wait for each other;
 * items that are not there are locked, too. Only then it looks at the items. So two writers of one item come one after the
 * other, whether the item exists or not, and the second sees what the first did. Safe for use by many threads and
 * processes.
 */
public final class ItemWriter {

    private final Transactions transactions;
    private final TableStore tables;
    private final ItemStore items;
    private final IndexStore indexes;
    private final InstantSource clock;

    public ItemWriter(
            Transactions transactions, TableStore tables, ItemStore items, IndexStore indexes, InstantSource clock) {
        this.transactions = transactions;
        this.tables = tables;
        this.items = items;
        this.indexes = indexes;
        this.clock = clock;
    }

    /**
     * One change that was made.
     *
     * @param before null where there was no item
     * @param after null where there is none now
     */
    record Changed(Table table, Value.@Nullable Document before, Value.@Nullable Document after) {}

    /**
     * Why a change was not made.
     *
     * @param problem null where the condition does not hold
     * @param item the item as it is; null where there is none, or the change does not ask for it
     */
    record Refusal(@Nullable AwsException problem, Value.@Nullable Document item) {}

    /** How it ended: all changes are made, or there is a refusal and none is. */
    sealed interface Outcome {}

    record Done(List<Changed> changes) implements Outcome {}

    /** @param refusals one for each change; null for those that were not refused */
    record Refused(List<@Nullable Refusal> refusals) implements Outcome {}

    /** It was done before, as the token says. */
    record DoneBefore() implements Outcome {}

    /**
     * Makes one change.
     *
     * @throws AwsException ConditionalCheckFailedException, ValidationException, ResourceNotFoundException
     */
    Changed write(Change change) {
        return switch (write(List.of(change), () -> true)) {
            case Done(var changes) -> changes.getFirst();
            case Refused(var refusals) -> throw refused(refusals.getFirst());
            case DoneBefore _ -> throw new IllegalStateException("a change without a token was done before");
        };
    }

    /**
     * Makes all of the changes, or none.
     *
     * @param first asked within the transaction, when nothing is changed yet: false where all was done before
     */
    Outcome write(List<Change> changes, BooleanSupplier first) {
        try {
            return transactions.write(() -> writeWithin(changes, first));
        } catch (RefusedException e) {
            return e.refused;
        }
    }

    private Outcome writeWithin(List<Change> changes, BooleanSupplier first) {
        Map<String, Table> known = lockTables(changes);
        List<Target> targets = new ArrayList<>();
        for (Change change : changes) {
            Table table = Objects.requireNonNull(known.get(change.table()));
            targets.add(new Target(change, table, change.keyIn(table)));
        }
        lockItems(targets);
        if (!first.getAsBoolean()) {
            return new DoneBefore();
        }
        List<Changed> planned = new ArrayList<>();
        List<@Nullable Refusal> refusals = new ArrayList<>();
        for (Target target : targets) {
            refusals.add(plan(target, planned));
        }
        if (refusals.stream().anyMatch(Objects::nonNull)) {
            throw new RefusedException(new Refused(refusals));
        }
        for (int i = 0; i < targets.size(); i++) {
            store(targets.get(i), planned.get(i));
        }
        return new Done(planned);
    }

    private Map<String, Table> lockTables(List<Change> changes) {
        Map<String, Table> known = new TreeMap<>();
        for (String name : new TreeSet<>(changes.stream().map(Change::table).toList())) {
            tables.lockShared(name);
            known.put(name, tables.find(name).orElseThrow(DynamoErrors::tableNotFound));
        }
        return known;
    }

    private void lockItems(List<Target> targets) {
        Set<Long> locks = new TreeSet<>();
        Set<List<Object>> distinct = new HashSet<>();
        for (Target target : targets) {
            locks.add(target.key().lock(target.table().id()));
            if (!distinct.add(List.of(target.table().id(), target.key()))) {
                throw DynamoErrors.validation("Transaction request cannot include multiple operations on one item");
            }
        }
        locks.forEach(items::lock);
    }

    /** Adds what the change does; or gives why it is refused. */
    private @Nullable Refusal plan(Target target, List<Changed> planned) {
        Change change = target.change();
        Value.Document before = items.find(target.table().id(), target.key());
        if (!change.condition().holds(before == null ? Value.Document.EMPTY : before)) {
            return new Refusal(null, change.tellsItem() ? before : null);
        }
        try {
            Value.Document after = change.after(target.table(), before);
            if (after != null) {
                target.table().indexes().forEach(index -> index.key().inIndex(after, index.name()));
            }
            planned.add(new Changed(target.table(), before, after));
            return null;
        } catch (AwsException e) {
            return new Refusal(e, null);
        }
    }

    private void store(Target target, Changed changed) {
        Value.Document after = changed.after();
        if (target.change() instanceof Change.Check) {
            return;
        }
        if (after != null) {
            items.put(target.table().id(), target.key(), after, clock.instant());
            indexes.follow(target.table(), target.key(), changed.before(), after);
        } else if (changed.before() != null) {
            items.delete(target.table().id(), target.key());
        }
    }

    private static AwsException refused(@Nullable Refusal refusal) {
        if (refusal == null) {
            throw new IllegalStateException("refused for no reason");
        }
        if (refusal.problem() != null) {
            return refusal.problem();
        }
        return DynamoErrors.conditionFailed(refusal.item() == null ? null : Values.toWire(refusal.item()));
    }

    private record Target(Change change, Table table, ItemKey key) {}

    /** Rolls the transaction back. */
    private static final class RefusedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Refused refused;

        RefusedException(Refused refused) {
            super(null, null, false, false);
            this.refused = refused;
        }
    }
}
