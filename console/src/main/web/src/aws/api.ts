import { createContext, useContext } from 'react';
import { urlOf, type Config, type Place } from '../session/config';
import { AwsError, errorOfJson, errorOfXml, isSignedOut } from './error';

/** AWS's JSON APIs: where each is, the prefix of its targets, its version of JSON. */
const JSON_APIS = {
  kinesis: { place: 'streams', target: 'Kinesis_20131202', version: '1.1' },
  cloudwatch: { place: 'streams', target: 'GraniteServiceVersion20100801', version: '1.0' },
  firehose: { place: 'firehose', target: 'Firehose_20150804', version: '1.1' },
  analytics: { place: 'analytics', target: 'KinesisAnalytics_20180523', version: '1.1' },
  kms: { place: 'auth', target: 'TrentService', version: '1.1' },
} as const satisfies Record<string, { place: Place; target: string; version: string }>;

/** AWS's Query APIs, by their versions. */
const QUERY_APIS = { iam: '2010-05-08', sts: '2011-06-15' } as const;

export type JsonApi = keyof typeof JSON_APIS;
export type QueryApi = keyof typeof QUERY_APIS;

/** What the API needs of a session. */
export interface Access {
  readonly config: Config;
  token(): Promise<string>;
  expire(reason: string): void;
}

export interface RestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly query?: Record<string, string | undefined>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as plain text. */
  readonly text?: string;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal | undefined;
}

/** Calls the services as the user who is signed in. All failures that a server tells are {@link AwsError}s. */
export class Api {
  constructor(private readonly access: Access) {}

  /** The ARN of something of this account and region; `iam` has no region. */
  arn(service: string, resource: string): string {
    const { region, accountId } = this.access.config;
    return `arn:aws:${service}:${service === 'iam' ? '' : region}:${accountId}:${resource}`;
  }

  /** Of these places those that are not the same server as one before. */
  placesApart(places: readonly Place[]): Place[] {
    const urls = places.map((place) => urlOf(this.access.config, place, '/'));
    return places.filter((_, i) => urls.indexOf(urls[i] ?? '') === i);
  }

  /** An operation of one of AWS's JSON APIs, such as `json('kinesis', 'ListStreams', {})`. */
  async json<T>(api: JsonApi, operation: string, input: object = {}, signal?: AbortSignal): Promise<T> {
    const { place, target, version } = JSON_APIS[api];
    const answer = await this.send(place, '/', {
      method: 'POST',
      headers: {
        'Content-Type': `application/x-amz-json-${version}`,
        'X-Amz-Target': `${target}.${operation}`,
      },
      body: JSON.stringify(input),
      signal: signal ?? null,
    });
    const text = await answer.text();
    if (!answer.ok) {
      throw this.failure(errorOfJson(text, answer.headers, answer.status));
    }
    return (text === '' ? {} : JSON.parse(text)) as T;
  }

  /** An operation of one of AWS's Query APIs. Members of lists are named as AWS does: `Tags.member.1.Key`. */
  async query(
    api: QueryApi,
    action: string,
    parameters: Record<string, string> = {},
    signal?: AbortSignal,
  ): Promise<Element> {
    const answer = await this.send('auth', '/', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ Action: action, Version: QUERY_APIS[api], ...parameters }).toString(),
      signal: signal ?? null,
    });
    const xml = new DOMParser().parseFromString(await answer.text(), 'text/xml');
    if (!answer.ok) {
      throw this.failure(errorOfXml(xml, answer.status));
    }
    const result = xml.getElementsByTagName(`${action}Result`)[0] ?? xml.documentElement;
    return result;
  }

  /** Riacho's own REST API. */
  async rest<T>(place: Place, path: string, options: RestOptions = {}): Promise<T> {
    const answer = await this.restAnswer(place, path, options);
    const text = await answer.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** The answer itself, for those that are read as they come. */
  async restAnswer(place: Place, path: string, options: RestOptions = {}): Promise<Response> {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(options.query ?? {})) {
      if (value !== undefined) {
        query.set(name, value);
      }
    }
    const answer = await this.send(place, query.size === 0 ? path : `${path}?${query}`, {
      method: options.method ?? 'GET',
      headers: { ...contentType(options), ...options.headers },
      body: options.text ?? (options.json === undefined ? null : JSON.stringify(options.json)),
      signal: options.signal ?? null,
    });
    if (!answer.ok) {
      throw this.failure(errorOfJson(await answer.text(), answer.headers, answer.status));
    }
    return answer;
  }

  private async send(place: Place, path: string, init: RequestInit & { headers: Record<string, string> }) {
    const token = await this.access.token();
    return fetch(urlOf(this.access.config, place, path), {
      ...init,
      headers: { ...init.headers, Authorization: `Bearer ${token}` },
      // The sign-in page's cookie is of no use here.
      credentials: 'omit',
      redirect: 'error',
      cache: 'no-store',
    });
  }

  private failure(error: AwsError): AwsError {
    if (isSignedOut(error)) {
      this.access.expire('Your session is over.');
    }
    return error;
  }
}

function contentType({ json, text }: RestOptions): Record<string, string> {
  if (text !== undefined) {
    return { 'Content-Type': 'text/plain;charset=UTF-8' };
  }
  return json === undefined ? {} : { 'Content-Type': 'application/json' };
}

export const ApiContext = createContext<Api | undefined>(undefined);

export function useApi(): Api {
  const api = useContext(ApiContext);
  if (api === undefined) {
    throw new Error('There is no API around this component.');
  }
  return api;
}
