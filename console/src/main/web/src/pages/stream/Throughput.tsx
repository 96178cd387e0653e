import { SHARD_LIMITS, type Flow, type Rates } from '../../aws/activity';
import { bytes, number } from '../../ui/format';
import { LiveChart, type Series } from '../../ui/LiveChart';

const SPAN = 5 * 60_000;

/** What goes in and out of a stream a second, and what its shards were too busy for. */
export function Throughput({ history, openShards }: { history: readonly Rates[]; openShards: number | undefined }) {
  const now = history.at(-1)?.at ?? Date.now();
  const series = (name: string, value: (rates: Rates) => Flow, member: keyof Flow): Series => ({
    name,
    points: history.map((rates) => [rates.at, value(rates)[member]]),
  });
  const both = (member: keyof Flow): Series[] => [
    series('in', (rates) => rates.incoming, member),
    series('out', (rates) => rates.outgoing, member),
  ];
  const limit = (each: number) => (openShards === undefined ? undefined : { name: 'limit of writes', value: openShards * each });
  return (
    <div className="form">
      <LiveChart
        title="Records a second"
        series={both('records')}
        span={SPAN}
        now={now}
        format={number}
        limit={limit(SHARD_LIMITS.records)}
      />
      <LiveChart
        title="Bytes a second"
        series={both('bytes')}
        span={SPAN}
        now={now}
        format={bytes}
        binary
        limit={limit(SHARD_LIMITS.bytes)}
      />
      <LiveChart
        title="Throttled a second"
        series={[
          series('records not taken', (rates) => rates.incoming, 'throttled'),
          series('reads not served', (rates) => rates.outgoing, 'throttled'),
        ]}
        span={SPAN}
        now={now}
        format={number}
      />
    </div>
  );
}
