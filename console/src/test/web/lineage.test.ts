import { describe, expect, it } from 'vitest';
import type { Shard } from '../../main/web/src/aws/kinesis';
import { kinOf, ringOf } from '../../main/web/src/pages/stream/lineage';

const END = 2n ** 128n;

function shard(n: number, from: number, to: number, options: { parents?: number[]; closed?: boolean } = {}): Shard {
  const id = (i: number) => `shardId-${String(i).padStart(12, '0')}`;
  const [parent, adjacent] = options.parents ?? [];
  return {
    shardId: id(n),
    startingHashKey: ((END * BigInt(from)) / 8n).toString(),
    endingHashKey: ((END * BigInt(to)) / 8n - 1n).toString(),
    startingSequenceNumber: '1',
    ...(parent === undefined ? {} : { parentShardId: id(parent) }),
    ...(adjacent === undefined ? {} : { adjacentParentShardId: id(adjacent) }),
    ...(options.closed === true ? { endingSequenceNumber: '2' } : {}),
  };
}

describe('The ring of shards', () => {
  it('has a shard where its hash keys are', () => {
    const { shards } = ringOf([shard(0, 0, 2), shard(1, 2, 8)], 6);
    expect(shards.map(({ from, to }) => [from, to])).toEqual([[0, 0.25], [0.25, 1]]);
  });

  it('has children around their parent, and shards that were not split up to the outermost ring', () => {
    const { shards, rings } = ringOf(
      [shard(0, 0, 4, { closed: true }), shard(1, 4, 8), shard(2, 0, 2, { parents: [0] }), shard(3, 2, 4, { parents: [0] })],
      6,
    );
    expect(rings).toBe(2);
    expect(shards.map(({ ring, lastRing }) => [ring, lastRing])).toEqual([[0, 0], [0, 1], [1, 1], [1, 1]]);
  });

  it('has what two shards were merged to around both, however old they are', () => {
    const { shards } = ringOf(
      [
        shard(0, 0, 4, { closed: true }),
        shard(1, 4, 8, { closed: true }),
        shard(2, 0, 2, { parents: [0] }),
        shard(3, 2, 4, { parents: [0], closed: true }),
        shard(4, 2, 8, { parents: [3, 1] }),
      ],
      6,
    );
    const of = (n: number) => shards.find(({ shard: { shardId } }) => shardId.endsWith(`${n}`))!;
    expect([of(1).ring, of(1).lastRing]).toEqual([0, 1]);
    expect(of(4).ring).toBe(2);
  });

  it('leaves out the oldest of too many generations, but no open shard', () => {
    const chain = Array.from({ length: 10 }, (_, n) =>
      shard(n, 0, 4, { ...(n === 0 ? {} : { parents: [n - 1] }), closed: n < 9 }),
    );
    const { shards, rings } = ringOf([...chain, shard(10, 4, 8)], 3);
    expect(rings).toBe(3);
    expect(shards.map(({ shard: { shardId } }) => Number(shardId.slice(-2)))).toEqual([7, 8, 9, 10]);
    expect(shards.at(-1)).toMatchObject({ ring: 0, lastRing: 2, open: true });
  });

  it('takes a shard whose parent was trimmed for one of the oldest', () => {
    expect(ringOf([shard(5, 0, 8, { parents: [1] })], 6).rings).toBe(1);
  });

  it('knows parents and children of a shard', () => {
    const all = [shard(0, 0, 4, { closed: true }), shard(1, 4, 8), shard(2, 0, 2, { parents: [0] })];
    expect([...kinOf(all, 'shardId-000000000000')]).toEqual(['shardId-000000000002']);
    expect([...kinOf(all, 'shardId-000000000002')]).toEqual(['shardId-000000000000']);
  });
});
