import type { Api } from './api';

/** Who reads streams, by `GET /v1/applications`. */
export interface Application {
  readonly kind: 'KCL' | 'FIREHOSE' | 'ANALYTICS';
  readonly name: string;
  readonly workers: readonly { readonly name: string; readonly shards: number }[];
  readonly shards: readonly Lease[];
}

export interface Lease {
  readonly stream?: string;
  readonly shard: string;
  readonly worker?: string;
  readonly checkpoint: string;
  readonly ended: boolean;
  readonly recordsBehind?: number;
  readonly millisBehind?: number;
  readonly changedAt?: string;
}

export async function listApplications(api: Api, stream?: string, signal?: AbortSignal): Promise<Application[]> {
  const { applications } = await api.rest<{ applications: Application[] }>('streams', '/v1/applications', {
    query: { stream },
    signal,
  });
  return applications;
}
