import { EventSourceParserStream } from 'eventsource-parser/stream';
import type { Api, RestOptions } from './api';
import { AwsError, isSignedOut } from './error';
import type { Place } from '../session/config';

/** One server-sent event. `event` is undefined for those without a name. */
export interface ServerEvent {
  readonly id?: string | undefined;
  readonly event?: string | undefined;
  readonly data: string;
}

const RETRY_MILLIS = 1000;
const MOST_RETRY_MILLIS = 10_000;
/** A server, or one before it, that is busy or away for a moment. */
const PASSING = [429, 502, 503, 504];

/**
 * Reads server-sent events until `signal` ends it: over `fetch`, because browsers' own `EventSource` sends no token. Connects
 * again where a connection ends.
 *
 * @param request what to ask for, each time that it connects
 * @param onEvent answers whether to read on
 * @param onConnected told when events come from now on, and when they do not
 */
export async function follow(
  api: Api,
  place: Place,
  path: string,
  request: () => RestOptions,
  onEvent: (event: ServerEvent) => boolean,
  onConnected: (connected: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  let wait = RETRY_MILLIS;
  while (!signal.aborted) {
    let isOpen = false;
    try {
      const options = request();
      const answer = await api.restAnswer(place, path, {
        ...options,
        headers: { Accept: 'text/event-stream', ...options.headers },
        signal,
      });
      if (answer.status === 204 || answer.body === null) {
        return;
      }
      const reader = answer.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()).getReader();
      isOpen = true;
      onConnected(true);
      for (;;) {
        const { done, value } = await reader.read();
        if (done) {
          break;
        }
        if (value.event === 'problem') {
          const problem = JSON.parse(value.data) as { title: string; detail: string; status: number; requestId?: string };
          throw new AwsError(problem.title, problem.detail, problem.status, problem.requestId);
        }
        wait = RETRY_MILLIS;
        if (!onEvent(value)) {
          return;
        }
      }
    } catch (e) {
      if (signal.aborted) {
        return;
      }
      if (!isPassing(e, isOpen)) {
        throw e;
      }
    } finally {
      onConnected(false);
    }
    await sleep(wait, signal);
    wait = Math.min(wait * 2, MOST_RETRY_MILLIS);
  }
}

/**
 * What the server refuses, it refuses again; what is busy or gone for a moment is not. A token that ended while events came is
 * exchanged for the next request, which is refused where that is not possible.
 */
function isPassing(error: unknown, isOpen: boolean): boolean {
  return error instanceof AwsError
    ? PASSING.includes(error.status) || (isOpen && isSignedOut(error))
    : error instanceof TypeError;
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
