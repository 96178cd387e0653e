package io.riacho.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shards by their numbers. Looking one up takes no lock and makes no garbage; shards are never taken out. */
final class ShardTable {

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Shard[].class);

    private volatile @Nullable Shard[] slots = new Shard[64];
    private int size;

    @Nullable
    Shard get(long number) {
        return find(slots, number);
    }

    Shard getOrMake(long number) {
        Shard shard = find(slots, number);
        return shard != null ? shard : make(number);
    }

    private static @Nullable Shard find(@Nullable Shard[] slots, long number) {
        int mask = slots.length - 1;
        for (int i = slot(number, mask); ; i = (i + 1) & mask) {
            Shard shard = (Shard) SLOT.getAcquire(slots, i);
            if (shard == null || shard.number == number) {
                return shard;
            }
        }
    }

    private static int slot(long number, int mask) {
        return (int) ((number * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    }

    private synchronized Shard make(long number) {
        Shard shard = find(slots, number);
        if (shard != null) {
            return shard;
        }
        if (++size * 2 > slots.length) {
            grow();
        }
        shard = new Shard(number);
        put(slots, shard);
        return shard;
    }

    private void grow() {
        @Nullable Shard[] larger = new Shard[slots.length * 2];
        for (Shard shard : slots) {
            if (shard != null) {
                put(larger, shard);
            }
        }
        slots = larger;
    }

    private static void put(@Nullable Shard[] slots, Shard shard) {
        int mask = slots.length - 1;
        int i = slot(shard.number, mask);
        while (slots[i] != null) {
            i = (i + 1) & mask;
        }
        SLOT.setRelease(slots, i, shard);
    }

    List<Shard> all() {
        List<Shard> all = new ArrayList<>();
        for (Shard shard : slots) {
            if (shard != null) {
                all.add(shard);
            }
        }
        return all;
    }
}
