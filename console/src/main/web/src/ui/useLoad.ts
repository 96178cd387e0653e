import { useCallback, useEffect, useRef, useState } from 'react';

const HIDDEN_MILLIS = 2_000;
/** How many times as long as the last answer took nothing is asked. */
const REST = 4;
/** And at most so long: the computer may have slept while an answer was on its way. */
const MOST_REST_MILLIS = 30_000;

export interface Loaded<T> {
  /** What came last; kept while it is loaded anew, and where that fails. */
  readonly data: T | undefined;
  readonly error: unknown;
  readonly loading: boolean;
  /** Loads it anew now. */
  readonly reload: () => void;
}

/**
 * Loads something, anew whenever `key` changes, and every so often where that is asked for; not while the tab is hidden. What
 * takes long to load is asked for less often: most of the time the server does something else.
 *
 * @param key what the answer depends on; undefined where there is nothing to load
 * @param every in milliseconds, or how it follows from what came last
 */
export function useLoad<T>(
  key: string | undefined,
  load: (signal: AbortSignal) => Promise<T>,
  every?: number | ((data: T | undefined) => number),
): Loaded<T> {
  const [state, setState] = useState<{ key: string | undefined; data?: T; error?: unknown; loading: boolean }>({
    key,
    loading: true,
  });
  const [round, setRound] = useState(0);
  const isPolled = every !== undefined;
  const latest = useRef({ load, every });
  useEffect(() => {
    latest.current = { load, every };
  });

  useEffect(() => {
    if (key === undefined) {
      return undefined;
    }
    const abort = new AbortController();
    let timer: number | undefined;
    const run = async () => {
      if (document.hidden && isPolled) {
        timer = window.setTimeout(run, HIDDEN_MILLIS);
        return;
      }
      const began = performance.now();
      let data: T | undefined;
      setState((old) => (old.key === key ? { ...old, loading: true } : { key, loading: true }));
      try {
        data = await latest.current.load(abort.signal);
        if (!abort.signal.aborted) {
          setState({ key, data, loading: false });
        }
      } catch (error) {
        if (!abort.signal.aborted) {
          setState((old) => ({ ...old, key, error, loading: false }));
        }
      }
      if (isPolled && !abort.signal.aborted) {
        const { every: pace = 0 } = latest.current;
        const wait = typeof pace === 'function' ? pace(data) : pace;
        timer = window.setTimeout(run, Math.max(wait, Math.min(REST * (performance.now() - began), MOST_REST_MILLIS)));
      }
    };
    void run();
    return () => {
      abort.abort();
      window.clearTimeout(timer);
    };
  }, [key, isPolled, round]);

  const reload = useCallback(() => setRound((old) => old + 1), []);
  const isCurrent = state.key === key;
  return {
    data: isCurrent ? state.data : undefined,
    error: isCurrent ? state.error : undefined,
    loading: key !== undefined && (!isCurrent || state.loading),
    reload,
  };
}
