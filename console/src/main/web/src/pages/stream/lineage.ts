import type { Shard } from '../../aws/kinesis';

/** A shard on the ring of hash keys: each generation lies around the one before. */
export interface RingShard {
  readonly shard: Shard;
  /** Where on the ring, from 0 to 1. */
  readonly from: number;
  readonly to: number;
  /** 0 for the oldest that are shown. */
  readonly ring: number;
  /** Up to which ring it reaches, inclusive: an open shard lives on. */
  readonly lastRing: number;
  readonly open: boolean;
}

const KEYS = 2n ** 128n;
const PRECISION = 2n ** 40n;

/**
 * Where shards lie. Parents that were trimmed are not known any more; their children are the oldest then.
 *
 * @param mostRings where there were more generations, the oldest are left out
 */
export function ringOf(shards: readonly Shard[], mostRings: number): { shards: RingShard[]; rings: number } {
  const byId = new Map(shards.map((shard) => [shard.shardId, shard]));
  const generations = new Map<string, number>();
  const generation = (shard: Shard): number => {
    const known = generations.get(shard.shardId);
    if (known !== undefined) {
      return known;
    }
    // Ids ascend from parents to children, so this ends.
    const parents = parentsOf(shard).flatMap((id) => byId.get(id) ?? []);
    const own = parents.length === 0 ? 0 : Math.max(...parents.map(generation)) + 1;
    generations.set(shard.shardId, own);
    return own;
  };
  [...shards].sort((a, b) => a.shardId.localeCompare(b.shardId)).forEach(generation);
  const last = Math.max(0, ...generations.values());
  const first = Math.max(0, last - mostRings + 1);
  const childRing = new Map<string, number>();
  for (const shard of shards) {
    for (const parent of parentsOf(shard)) {
      const ring = generation(shard);
      childRing.set(parent, Math.max(childRing.get(parent) ?? 0, ring));
    }
  }
  const placed = shards.flatMap((shard) => {
    const open = shard.endingSequenceNumber === undefined;
    const own = generation(shard);
    const lastRing = open ? last : Math.max(own, (childRing.get(shard.shardId) ?? own + 1) - 1);
    if (lastRing < first) {
      return [];
    }
    return [
      {
        shard,
        from: fraction(BigInt(shard.startingHashKey)),
        to: fraction(BigInt(shard.endingHashKey) + 1n),
        ring: Math.max(own, first) - first,
        lastRing: lastRing - first,
        open,
      },
    ];
  });
  return { shards: placed, rings: last - first + 1 };
}

export function parentsOf(shard: Shard): string[] {
  return [shard.parentShardId, shard.adjacentParentShardId].filter((id) => id !== undefined);
}

/** Parents and children. */
export function kinOf(shards: readonly Shard[], id: string): Set<string> {
  const kin = new Set<string>();
  for (const shard of shards) {
    const parents = parentsOf(shard);
    if (shard.shardId === id) {
      parents.forEach((parent) => kin.add(parent));
    } else if (parents.includes(id)) {
      kin.add(shard.shardId);
    }
  }
  return kin;
}

/** `shardId-000000000012` as `12`. */
export function shortId(id: string): string {
  return String(Number(id.slice(id.lastIndexOf('-') + 1)));
}

function fraction(key: bigint): number {
  return Number((key * PRECISION) / KEYS) / Number(PRECISION);
}
