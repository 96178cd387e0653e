import type { Api } from './api';

/** What goes through a stream. Counts only grow, from the server's start on. */
export interface Activity {
  readonly at: string;
  readonly incoming: Flow;
  readonly outgoing: Flow;
  readonly shards: readonly ShardActivity[];
}

export interface Flow {
  readonly records: number;
  readonly bytes: number;
  readonly throttled: number;
}

export interface ShardActivity {
  readonly shardId: string;
  readonly incomingRecords: number;
  readonly incomingBytes: number;
  readonly throttledRecords: number;
}

export interface HotKeys {
  readonly seconds: number;
  readonly records: number;
  readonly atMostMore: number;
  readonly keys: readonly { readonly partitionKey: string; readonly records: number }[];
}

export function getActivity(api: Api, stream: string, signal?: AbortSignal): Promise<Activity> {
  return api.rest('streams', `/v1/streams/${encodeURIComponent(stream)}/activity`, { signal });
}

export function getHotKeys(api: Api, stream: string, signal?: AbortSignal): Promise<HotKeys> {
  return api.rest('streams', `/v1/streams/${encodeURIComponent(stream)}/hot-keys`, { query: { limit: '10' }, signal });
}

/** Rates a second between two answers. Undefined where the server began anew between them. */
export interface Rates {
  readonly at: number;
  readonly incoming: Flow;
  readonly outgoing: Flow;
  readonly shards: ReadonlyMap<string, Omit<ShardActivity, 'shardId'>>;
}

export function ratesOf(before: Activity, now: Activity): Rates | undefined {
  const at = Date.parse(now.at);
  const seconds = (at - Date.parse(before.at)) / 1000;
  const flow = (a: Flow, b: Flow): Flow => ({
    records: (b.records - a.records) / seconds,
    bytes: (b.bytes - a.bytes) / seconds,
    throttled: (b.throttled - a.throttled) / seconds,
  });
  const isNew = now.incoming.records < before.incoming.records || now.outgoing.records < before.outgoing.records;
  if (seconds <= 0 || isNew) {
    return undefined;
  }
  const old = new Map(before.shards.map((shard) => [shard.shardId, shard]));
  return {
    at,
    incoming: flow(before.incoming, now.incoming),
    outgoing: flow(before.outgoing, now.outgoing),
    shards: new Map(
      now.shards.map((shard) => {
        const last = old.get(shard.shardId);
        return [
          shard.shardId,
          {
            incomingRecords: (shard.incomingRecords - (last?.incomingRecords ?? 0)) / seconds,
            incomingBytes: (shard.incomingBytes - (last?.incomingBytes ?? 0)) / seconds,
            throttledRecords: (shard.throttledRecords - (last?.throttledRecords ?? 0)) / seconds,
          },
        ];
      }),
    ),
  };
}

/** What a shard takes in a second, by AWS's limits. */
export const SHARD_LIMITS = { records: 1000, bytes: 1024 * 1024 };

/** How much of its write limits a shard uses, from 0 to 1 and beyond. */
export function loadOf(rates: { incomingRecords: number; incomingBytes: number }): number {
  return Math.max(rates.incomingRecords / SHARD_LIMITS.records, rates.incomingBytes / SHARD_LIMITS.bytes);
}
