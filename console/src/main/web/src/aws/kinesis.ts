import type { Api } from './api';

/** Streams by the REST API of docs/rest.md. */
export interface StreamListed {
  readonly name: string;
  readonly arn: string;
  readonly status: string;
  readonly mode?: string;
  readonly createdAt?: string;
}

export interface StreamSummary extends StreamListed {
  readonly retentionHours: number;
  readonly openShardCount: number;
  readonly maxRecordSizeKiB?: number;
  readonly encryptionType?: string;
  readonly keyId?: string;
}

export interface Shard {
  readonly shardId: string;
  readonly parentShardId?: string;
  readonly adjacentParentShardId?: string;
  readonly startingHashKey: string;
  readonly endingHashKey: string;
  readonly startingSequenceNumber: string;
  readonly endingSequenceNumber?: string;
}

const PAGE = '1000';

export async function listStreams(api: Api, signal?: AbortSignal): Promise<StreamListed[]> {
  return pages((nextToken) =>
    api
      .rest<{ streams: StreamListed[]; nextToken?: string }>('streams', '/v1/streams', {
        query: { nextToken, limit: PAGE },
        signal,
      })
      .then(({ streams, nextToken: next }) => [streams, next] as const),
  );
}

export function getStream(api: Api, name: string, signal?: AbortSignal): Promise<StreamSummary> {
  return api.rest('streams', `/v1/streams/${encodeURIComponent(name)}`, { signal });
}

export async function listShards(api: Api, name: string, signal?: AbortSignal): Promise<Shard[]> {
  return pages((nextToken) =>
    api
      .rest<{ shards: Shard[]; nextToken?: string }>('streams', `/v1/streams/${encodeURIComponent(name)}/shards`, {
        query: { nextToken, limit: PAGE },
        signal,
      })
      .then(({ shards, nextToken: next }) => [shards, next] as const),
  );
}

export interface NewStream {
  readonly name: string;
  /** Undefined for an on-demand stream. */
  readonly shardCount?: number | undefined;
  readonly retentionHours?: number | undefined;
}

export function createStream(api: Api, stream: NewStream): Promise<unknown> {
  return api.rest('streams', '/v1/streams', { method: 'POST', json: stream });
}

export function deleteStream(api: Api, name: string): Promise<unknown> {
  return api.rest('streams', `/v1/streams/${encodeURIComponent(name)}`, { method: 'DELETE' });
}

export type StreamChange =
  | { readonly shardCount: number }
  | { readonly retentionHours: number }
  | { readonly mode: 'ON_DEMAND' | 'PROVISIONED' };

export function changeStream(api: Api, name: string, change: StreamChange): Promise<unknown> {
  return api.rest('streams', `/v1/streams/${encodeURIComponent(name)}`, { method: 'PATCH', json: change });
}

export interface PutResult {
  readonly shardId?: string;
  readonly sequenceNumber?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

/** Puts one record of text. */
export async function putText(
  api: Api,
  stream: string,
  record: { partitionKey: string; text: string; explicitHashKey?: string | undefined },
): Promise<PutResult> {
  const answer = await api.rest<{ records: PutResult[] }>('streams', `/v1/streams/${encodeURIComponent(stream)}/records`, {
    method: 'POST',
    json: { records: [record] },
  });
  return answer.records[0] ?? {};
}

async function pages<T>(page: (token: string | undefined) => Promise<readonly [T[], string | undefined]>): Promise<T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    const [rows, next] = await page(token);
    all.push(...rows);
    token = next;
  } while (token !== undefined);
  return all;
}
