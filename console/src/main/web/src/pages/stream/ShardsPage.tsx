import { useState } from 'react';
import { loadOf } from '../../aws/activity';
import { useApi } from '../../aws/api';
import { listShards, type Shard, type StreamSummary } from '../../aws/kinesis';
import { ErrorNote } from '../../ui/ErrorNote';
import { bytes, number, percent } from '../../ui/format';
import { Meter } from '../../ui/Meter';
import { Section } from '../../ui/Page';
import { Table, type Column } from '../../ui/Table';
import { useLoad } from '../../ui/useLoad';
import { HotKeysTable } from './HotKeysTable';
import { parentsOf, shortId } from './lineage';
import { ShardRing } from './ShardRing';
import { StreamFrame } from './StreamFrame';
import { Throughput } from './Throughput';
import { useRates } from './useRates';

const EVERY = 10_000;

/** A stream's shards, and what goes through them. */
export default function ShardsPage() {
  return <StreamFrame>{(name, summary) => <Shards key={name} name={name} summary={summary} />}</StreamFrame>;
}

function Shards({ name, summary }: { name: string; summary: StreamSummary | undefined }) {
  const api = useApi();
  const changed = `${summary?.openShardCount} ${summary?.status}`;
  const shards = useLoad(`shards ${name} ${changed}`, (signal) => listShards(api, name, signal), EVERY);
  const { history, error } = useRates(name);
  const [selected, setSelected] = useState<string>();
  const rates = history.at(-1)?.shards;
  const load = new Map([...(rates ?? [])].map(([id, each]) => [id, loadOf(each)]));
  const columns: Column<Shard>[] = [
    { key: 'id', title: 'Shard', sort: (shard) => shard.shardId, show: (shard) => <code>{shard.shardId}</code> },
    {
      key: 'state',
      title: 'State',
      sort: (shard) => (shard.endingSequenceNumber === undefined ? 0 : 1),
      show: (shard) => (shard.endingSequenceNumber === undefined ? 'open' : <span className="quiet">closed</span>),
    },
    { key: 'parents', title: 'From', show: (shard) => parentsOf(shard).map(shortId).join(' + ') },
    {
      key: 'load',
      title: 'Use of write limit',
      numeric: true,
      sort: (shard) => load.get(shard.shardId) ?? -1,
      show: (shard) => {
        const own = load.get(shard.shardId);
        return own === undefined ? '' : <Meter label={`Use of the write limit of ${shard.shardId}`} value={own} text={percent(own)} />;
      },
    },
    {
      key: 'records',
      title: 'Records/s',
      numeric: true,
      sort: (shard) => rates?.get(shard.shardId)?.incomingRecords ?? -1,
      show: (shard) => shown(rates?.get(shard.shardId)?.incomingRecords, number),
      wideOnly: true,
    },
    {
      key: 'bytes',
      title: 'Bytes/s',
      numeric: true,
      sort: (shard) => rates?.get(shard.shardId)?.incomingBytes ?? -1,
      show: (shard) => shown(rates?.get(shard.shardId)?.incomingBytes, bytes),
      wideOnly: true,
    },
    {
      key: 'throttled',
      title: 'Throttled/s',
      numeric: true,
      sort: (shard) => rates?.get(shard.shardId)?.throttledRecords ?? -1,
      show: (shard) => shown(rates?.get(shard.shardId)?.throttledRecords, number),
      wideOnly: true,
    },
    {
      key: 'range',
      title: 'Hash keys',
      sort: (shard) => shard.startingHashKey.padStart(39, '0'),
      show: (shard) => (
        <span className="mono small">
          {shard.startingHashKey}
          <br />
          {shard.endingHashKey}
        </span>
      ),
      wideOnly: true,
    },
  ];
  return (
    <>
      <div className="columns">
        <Section title="Ring">
          <ErrorNote error={shards.error} doing="List shards" />
          <div className="panel">
            <ShardRing shards={shards.data ?? []} selected={selected} onSelect={setSelected} load={load} />
          </div>
        </Section>
        <Section title="Throughput">
          <ErrorNote error={error} doing="Look at throughput" />
          <div className="panel">
            <Throughput history={history} openShards={summary?.openShardCount} />
          </div>
        </Section>
      </div>
      <Section title="Shards">
        <Table
          label="Shards"
          columns={columns}
          rows={shards.data}
          rowKey={(shard) => shard.shardId}
          empty="There are no shards."
          selected={selected}
          onSelect={setSelected}
        />
      </Section>
      <Section title="Hot keys">
        <HotKeysTable stream={name} />
      </Section>
    </>
  );
}

function shown(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? '' : format(value);
}
