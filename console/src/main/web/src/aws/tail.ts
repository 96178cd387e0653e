import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { Api } from './api';
import { AwsError } from './error';

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

const RETRY_MILLIS = 1000;
const MOST_RETRY_MILLIS = 10_000;

/**
 * Reads a stream's records as they come, until `signal` ends it: server-sent events over `fetch`, because browsers' own
 * `EventSource` sends no token. Connects again where a connection ends, behind the last event.
 *
 * @param onConnected told when records come in from now on, and when they do not
 */
export async function tail(
  api: Api,
  stream: string,
  start: TailFrom,
  onRecord: (record: TailRecord) => void,
  onConnected: (connected: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  let lastId: string | undefined;
  let wait = RETRY_MILLIS;
  while (!signal.aborted) {
    try {
      const answer = await api.restAnswer('streams', `/v1/streams/${encodeURIComponent(stream)}/records`, {
        query: { as: 'text', shardId: start.shardId, from: lastId === undefined ? start.from : undefined },
        headers: { Accept: 'text/event-stream', ...(lastId === undefined ? {} : { 'Last-Event-ID': lastId }) },
        signal,
      });
      if (answer.status === 204 || answer.body === null) {
        return;
      }
      const events = answer.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
      const reader = events.getReader();
      onConnected(true);
      wait = RETRY_MILLIS;
      for (;;) {
        const { done, value } = await reader.read();
        if (done) {
          break;
        }
        lastId = value.id ?? lastId;
        if (value.event === 'end') {
          return;
        }
        if (value.event === 'problem') {
          const problem = JSON.parse(value.data) as { title: string; detail: string; status: number; requestId?: string };
          throw new AwsError(problem.title, problem.detail, problem.status, problem.requestId);
        }
        if (value.data !== '') {
          onRecord(JSON.parse(value.data) as TailRecord);
        }
      }
    } catch (e) {
      if (signal.aborted) {
        return;
      }
      // What the server refuses, it refuses again; what is busy or gone for a moment is not.
      if (e instanceof AwsError && e.status !== 429 && e.status !== 503) {
        throw e;
      }
      if (!(e instanceof AwsError) && !(e instanceof TypeError)) {
        throw e;
      }
      await sleep(wait, signal);
      wait = Math.min(wait * 2, MOST_RETRY_MILLIS);
    } finally {
      onConnected(false);
    }
  }
}

function sleep(millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
