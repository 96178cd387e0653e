import { useState } from 'react';
import { useApi } from '../../aws/api';
import { listShards, type Shard, type StreamSummary } from '../../aws/kinesis';
import { ErrorNote } from '../../ui/ErrorNote';
import { Section } from '../../ui/Page';
import { Table, type Column } from '../../ui/Table';
import { useLoad } from '../../ui/useLoad';
import { parentsOf, shortId } from './lineage';
import { ShardRing } from './ShardRing';
import { StreamFrame } from './StreamFrame';

const EVERY = 10_000;

/** A stream's shards, and what goes through them. */
export default function ShardsPage() {
  return <StreamFrame>{(name, summary) => <Shards key={name} name={name} summary={summary} />}</StreamFrame>;
}

function Shards({ name, summary }: { name: string; summary: StreamSummary | undefined }) {
  const api = useApi();
  const changed = `${summary?.openShardCount} ${summary?.status}`;
  const shards = useLoad(`shards ${name} ${changed}`, (signal) => listShards(api, name, signal), EVERY);
  const [selected, setSelected] = useState<string>();
  const columns: Column<Shard>[] = [
    { key: 'id', title: 'Shard', sort: (shard) => shard.shardId, show: (shard) => <code>{shard.shardId}</code> },
    {
      key: 'state',
      title: 'State',
      sort: (shard) => (shard.endingSequenceNumber === undefined ? 0 : 1),
      show: (shard) => (shard.endingSequenceNumber === undefined ? 'open' : <span className="quiet">closed</span>),
    },
    {
      key: 'parents',
      title: 'From',
      show: (shard) => parentsOf(shard).map(shortId).join(' + '),
    },
    {
      key: 'range',
      title: 'Hash keys',
      sort: (shard) => shard.startingHashKey.padStart(39, '0'),
      show: (shard) => (
        <span className="mono small breakable">
          {shard.startingHashKey} – {shard.endingHashKey}
        </span>
      ),
      wideOnly: true,
    },
  ];
  return (
    <div className="columns">
      <Section title="Ring">
        <ErrorNote error={shards.error} doing="List shards" />
        <div className="panel">
          <ShardRing shards={shards.data ?? []} selected={selected} onSelect={setSelected} load={new Map()} />
        </div>
      </Section>
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
    </div>
  );
}
