import { useCallback, useEffect, useRef, useState } from 'react';

export interface Loaded<T> {
  /** What came last; kept while it is loaded anew, and where that fails. */
  readonly data: T | undefined;
  readonly error: unknown;
  readonly loading: boolean;
  /** Loads it anew now. */
  readonly reload: () => void;
}

/**
 * Loads something, anew whenever `key` changes, and every so often where that is asked for; not while the tab is hidden.
 *
 * @param key what the answer depends on; undefined where there is nothing to load
 * @param every in milliseconds
 */
export function useLoad<T>(
  key: string | undefined,
  load: (signal: AbortSignal) => Promise<T>,
  every?: number,
): Loaded<T> {
  const [state, setState] = useState<{ key: string | undefined; data?: T; error?: unknown; loading: boolean }>({
    key,
    loading: true,
  });
  const [round, setRound] = useState(0);
  const loader = useRef(load);
  useEffect(() => {
    loader.current = load;
  });

  useEffect(() => {
    if (key === undefined) {
      return undefined;
    }
    const abort = new AbortController();
    let timer: number | undefined;
    const run = async () => {
      if (document.hidden && every !== undefined) {
        timer = window.setTimeout(run, every);
        return;
      }
      setState((old) => (old.key === key ? { ...old, loading: true } : { key, loading: true }));
      try {
        const data = await loader.current(abort.signal);
        if (!abort.signal.aborted) {
          setState({ key, data, loading: false });
        }
      } catch (error) {
        if (!abort.signal.aborted) {
          setState((old) => ({ ...old, key, error, loading: false }));
        }
      }
      if (every !== undefined && !abort.signal.aborted) {
        timer = window.setTimeout(run, every);
      }
    };
    void run();
    return () => {
      abort.abort();
      window.clearTimeout(timer);
    };
  }, [key, every, round]);

  const reload = useCallback(() => setRound((old) => old + 1), []);
  const isCurrent = state.key === key;
  return {
    data: isCurrent ? state.data : undefined,
    error: isCurrent ? state.error : undefined,
    loading: key !== undefined && (!isCurrent || state.loading),
    reload,
  };
}
