import { useEffect, useState } from 'react';
import type { Delivery } from '../../aws/firehose';
import { duration } from '../../ui/format';
import { LiveChart } from '../../ui/LiveChart';

const REDRAW_MILLIS = 2_000;
const SPAN_MILLIS = 10 * 60_000;

/** How old the oldest record of each delivery was, over the last ten minutes. */
export function Freshness({ deliveries }: { deliveries: readonly Delivery[] }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), REDRAW_MILLIS);
    return () => window.clearInterval(timer);
  }, []);
  const points = deliveries
    .map(({ at, freshnessMillis }) => [Date.parse(at), freshnessMillis] as const)
    .sort(([a], [b]) => a - b);
  return (
    <LiveChart title="Freshness" series={[{ name: 'oldest record', points }]} span={SPAN_MILLIS} now={now} format={duration} />
  );
}
