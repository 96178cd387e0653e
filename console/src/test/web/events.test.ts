import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Api } from '../../main/web/src/aws/api';
import { AwsError } from '../../main/web/src/aws/error';
import { follow } from '../../main/web/src/aws/events';

type Answer = string | Error;

/** Reads what a server answers, one answer for each time that it is asked, and ends at the event `last`. */
async function read(...answers: Answer[]): Promise<{ events: string[]; asked: number; connected: boolean[] }> {
  const events: string[] = [];
  const connected: boolean[] = [];
  let asked = 0;
  const api = {
    restAnswer: () => {
      const answer = answers[asked++];
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(new Response(answer));
    },
  } as unknown as Api;
  const reading = follow(
    api,
    'streams',
    '/v1/streams/a/records',
    () => ({}),
    ({ data }) => {
      events.push(data);
      return data !== 'last';
    },
    (is) => connected.push(is),
    new AbortController().signal,
  );
  const ended = reading.then(() => undefined, (e: unknown) => e);
  await vi.runAllTimersAsync();
  const error = await ended;
  if (error !== undefined) {
    throw error;
  }
  return { events, asked, connected };
}

function problem(title: string, status: number): string {
  return `data: one\n\nevent: problem\ndata: ${JSON.stringify({ title, detail: 'why', status })}\n\n`;
}

describe('Events of a server', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('go on where a connection ends, is not made, or the server is away for a moment', async () => {
    const { events, asked, connected } = await read(
      'data: one\n\n',
      new TypeError('network error'),
      new AwsError('ServiceUnavailable', '', 503, undefined),
      new AwsError('HTTP 502', '', 502, undefined),
      'data: two\n\ndata: last\n\n',
    );
    expect(events).toEqual(['one', 'two', 'last']);
    expect(asked).toBe(5);
    expect(connected).toEqual([true, false, false, false, false, true, false]);
  });

  it('go on with another token where the one that they were asked for with has ended', async () => {
    const { events } = await read(problem('ExpiredTokenException', 400), 'data: last\n\n');
    expect(events).toEqual(['one', 'last']);
  });

  it('end where the server refuses them, and say why', async () => {
    await expect(read(problem('AccessDeniedException', 403))).rejects.toMatchObject({ code: 'AccessDeniedException' });
    await expect(read(new AwsError('ExpiredTokenException', '', 400, undefined))).rejects.toMatchObject({ status: 400 });
  });
});
