import { describe, expect, it } from 'vitest';
import { loadOf, ratesOf, type Activity } from '../../main/web/src/aws/activity';

function activity(second: number, records: number, shards: Record<string, number>): Activity {
  return {
    at: `2026-11-26T10:00:${String(second).padStart(2, '0')}Z`,
    incoming: { records, bytes: records * 10, throttled: 0 },
    outgoing: { records: 0, bytes: 0, throttled: 0 },
    shards: Object.entries(shards).map(([shardId, incomingRecords]) => ({
      shardId,
      incomingRecords,
      incomingBytes: incomingRecords * 10,
      throttledRecords: 0,
    })),
  };
}

describe('The rates of a stream', () => {
  it('are what two counts differ by, a second', () => {
    const rates = ratesOf(activity(0, 100, { a: 100 }), activity(4, 300, { a: 200, b: 100 }))!;
    expect(rates.incoming).toEqual({ records: 50, bytes: 500, throttled: 0 });
    expect(rates.shards.get('a')!.incomingRecords).toBe(25);
    expect(rates.shards.get('b')!.incomingRecords).toBe(25);
  });

  it('are not known where the server began anew, or no time passed', () => {
    expect(ratesOf(activity(0, 100, {}), activity(4, 1, {}))).toBeUndefined();
    expect(ratesOf(activity(0, 100, {}), activity(0, 100, {}))).toBeUndefined();
  });

  it('use as much of a shard as the nearer of its limits', () => {
    expect(loadOf({ incomingRecords: 500, incomingBytes: 0 })).toBe(0.5);
    expect(loadOf({ incomingRecords: 1, incomingBytes: 1_048_576 })).toBe(1);
  });
});
