import { time } from './format';

/** A moment, for readers and for programs. */
export function Time({ at }: { at: string | number }) {
  const date = new Date(at);
  return <time dateTime={date.toISOString()}>{time(date)}</time>;
}
