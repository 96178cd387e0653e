import { Link } from 'wouter';
import type { Application, Lease } from '../../aws/applications';
import { duration, number } from '../../ui/format';
import { Table, type Column } from '../../ui/Table';
import { Time } from '../../ui/Time';

const KINDS = { KCL: 'Kinesis Client Library', FIREHOSE: 'Firehose', ANALYTICS: 'Analytics' } as const;

const COLUMNS: Column<Lease>[] = [
  {
    key: 'stream',
    title: 'Stream',
    sort: (lease) => lease.stream ?? '',
    show: (lease) =>
      lease.stream === undefined ? '' : <Link href={`/streams/${encodeURIComponent(lease.stream)}`}>{lease.stream}</Link>,
  },
  { key: 'shard', title: 'Shard', sort: (lease) => lease.shard, show: (lease) => <code>{lease.shard}</code> },
  {
    key: 'worker',
    title: 'Worker',
    sort: (lease) => lease.worker ?? '',
    show: (lease) => <span className="breakable">{lease.worker ?? (lease.ended ? 'done' : 'nobody')}</span>,
  },
  {
    key: 'lag',
    title: 'Behind',
    numeric: true,
    sort: (lease) => lease.millisBehind ?? -1,
    show: (lease) => (lease.millisBehind === undefined ? '' : duration(lease.millisBehind)),
  },
  {
    key: 'records',
    title: 'Records behind',
    numeric: true,
    sort: (lease) => lease.recordsBehind ?? -1,
    show: (lease) => (lease.recordsBehind === undefined ? '' : number(lease.recordsBehind)),
  },
  {
    key: 'checkpoint',
    title: 'Checkpoint',
    show: (lease) => <code className="breakable">{lease.checkpoint}</code>,
    wideOnly: true,
  },
  {
    key: 'changed',
    title: 'Written',
    sort: (lease) => lease.changedAt ?? '',
    show: (lease) => (lease.changedAt === undefined ? '' : <Time at={lease.changedAt} />),
    wideOnly: true,
  },
];

/** An application with its leases, of all streams or of one. */
export function ApplicationLeases({ application, stream }: { application: Application; stream?: string }) {
  const leases = application.shards.filter((lease) => stream === undefined || lease.stream === stream);
  const columns = stream === undefined ? COLUMNS : COLUMNS.filter((column) => column.key !== 'stream');
  return (
    <article className="section">
      <h3>
        {application.name} <span className="quiet small">{KINDS[application.kind]}</span>
      </h3>
      <p className="small">
        {application.workers.length === 0
          ? 'No worker has a lease.'
          : application.workers.map((worker) => `${worker.name}: ${worker.shards}`).join(' · ')}
      </p>
      <Table
        label={`Leases of ${application.name}`}
        columns={columns}
        rows={leases}
        rowKey={(lease) => `${lease.stream} ${lease.shard}`}
        empty="It has no leases."
      />
    </article>
  );
}
