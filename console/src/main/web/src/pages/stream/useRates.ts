import { useEffect, useState } from 'react';
import { useApi } from '../../aws/api';
import { getActivity, ratesOf, type Activity, type Rates } from '../../aws/activity';
import { useLoad } from '../../ui/useLoad';

const EVERY = 2_000;
const MOST_KEPT = 180;

/** The rates of a stream since its page was opened, the newest last; six minutes at most. */
export function useRates(stream: string): { history: readonly Rates[]; error: unknown } {
  const api = useApi();
  const activity = useLoad(`activity ${stream}`, (signal) => getActivity(api, stream, signal), EVERY);
  const [state, setState] = useState<{ last?: Activity; history: readonly Rates[] }>({ history: [] });
  const { data } = activity;
  useEffect(() => {
    if (data !== undefined) {
      setState(({ last, history }) => {
        const rates = last === undefined ? undefined : ratesOf(last, data);
        return { last: data, history: rates === undefined ? history : [...history, rates].slice(-MOST_KEPT) };
      });
    }
  }, [data]);
  return { history: state.history, error: activity.error };
}
