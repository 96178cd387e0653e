import type { Api } from './api';
import { follow } from './events';

/** A record as a reader is shown it: `text` where its data is UTF-8, else `data` in Base64. */
export interface TailRecord {
  readonly shardId: string;
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly arrivedAt?: string;
  readonly text?: string;
  readonly data?: string;
}

export interface TailFrom {
  readonly from: string;
  readonly shardId?: string | undefined;
}

/**
 * Reads a stream's records as they come, until `signal` ends it; where a connection ends, behind the last event.
 *
 * @param onConnected told when records come in from now on, and when they do not
 */
export function tail(
  api: Api,
  stream: string,
  start: TailFrom,
  onRecord: (record: TailRecord) => void,
  onConnected: (connected: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  let lastId: string | undefined;
  return follow(
    api,
    'streams',
    `/v1/streams/${encodeURIComponent(stream)}/records`,
    () => ({
      query: { as: 'text', shardId: start.shardId, from: lastId === undefined ? start.from : undefined },
      headers: lastId === undefined ? {} : { 'Last-Event-ID': lastId },
    }),
    ({ id, event, data }) => {
      lastId = id ?? lastId;
      if (event === 'end') {
        return false;
      }
      if (data !== '') {
        onRecord(JSON.parse(data) as TailRecord);
      }
      return true;
    },
    onConnected,
    signal,
  );
}
