import { describe, expect, it } from 'vitest';
import type { TailRecord } from '../../main/web/src/aws/tail';
import { Coming, keep, MOST_CHARS, MOST_KEPT } from '../../main/web/src/pages/stream/coming';

function record(number: number, size = 1): TailRecord {
  return { shardId: 'shardId-000000000000', sequenceNumber: String(number), partitionKey: '', text: 'x'.repeat(size) };
}

function numbers(records: readonly TailRecord[]): string[] {
  return records.map((each) => each.sequenceNumber);
}

describe('Records that come', () => {
  it('are taken once, the oldest first', () => {
    const coming = new Coming();
    coming.add(record(1));
    coming.add(record(2));
    const { records, came } = coming.take();
    expect(numbers(records)).toEqual(['1', '2']);
    expect(came).toBe(2);
    expect(coming.take()).toEqual({ records: [], came: 0 });
  });

  it('are counted where there are too many, and the newest are there', () => {
    const coming = new Coming();
    for (let i = 0; i < MOST_KEPT + 10; i++) {
      coming.add(record(i));
    }
    const { records, came } = coming.take();
    expect(records).toHaveLength(MOST_KEPT);
    expect(records.at(-1)!.sequenceNumber).toBe(String(MOST_KEPT + 9));
    expect(came).toBe(MOST_KEPT + 10);
  });

  it('are fewer where they are large, and one at least, however large', () => {
    const coming = new Coming();
    for (let i = 0; i < 5; i++) {
      coming.add(record(i, MOST_CHARS / 2));
    }
    coming.add(record(5, MOST_CHARS + 1));
    expect(numbers(coming.take().records)).toEqual(['5']);
    coming.add(record(6));
    coming.add(record(7));
    expect(numbers(coming.take().records)).toEqual(['6', '7']);
  });
});

describe('Records that are kept', () => {
  it('have the newest first', () => {
    expect(numbers(keep([record(1)], [record(2), record(3)]))).toEqual(['3', '2', '1']);
  });

  it('are no more, and no larger, than a tab has room for', () => {
    const many = Array.from({ length: MOST_KEPT }, (_, i) => record(i));
    expect(keep(many, [record(-1)])).toHaveLength(MOST_KEPT);
    expect(numbers(keep([record(1, MOST_CHARS / 2)], [record(2, MOST_CHARS / 2 - 1), record(3)]))).toEqual(['3', '2', '1']);
    expect(numbers(keep([record(1, MOST_CHARS / 2)], [record(2, MOST_CHARS / 2), record(3)]))).toEqual(['3', '2']);
    expect(numbers(keep([record(1)], [record(2, MOST_CHARS + 1)]))).toEqual(['2']);
  });
});
