import { useEffect, useMemo, useRef, useState } from 'react';
import { useApi } from '../../aws/api';
import { tail, type TailRecord } from '../../aws/tail';
import { ErrorNote } from '../../ui/ErrorNote';
import { clock, number } from '../../ui/format';
import { Icon } from '../../ui/Icon';
import { LongText } from '../../ui/LongText';
import { Section } from '../../ui/Page';
import { Table, type Column } from '../../ui/Table';
import { Coming, keep } from './coming';
import { matches, parseFilter } from './filter';
import { shortId } from './lineage';

const MOST_SHOWN = 200;
const REDRAW_MILLIS = 200;

const COLUMNS: Column<TailRecord>[] = [
  {
    key: 'time',
    title: 'Arrived',
    show: (record) => (record.arrivedAt === undefined ? '' : clock(record.arrivedAt)),
  },
  { key: 'shard', title: 'Shard', numeric: true, show: (record) => <span title={record.shardId}>{shortId(record.shardId)}</span> },
  { key: 'key', title: 'Partition key', show: (record) => <code className="breakable">{record.partitionKey}</code> },
  {
    key: 'data',
    title: 'Data',
    show: (record) => (
      <pre title={record.sequenceNumber} tabIndex={(record.text ?? record.data ?? '').length > 600 ? 0 : undefined}>
        <LongText text={record.text ?? record.data ?? ''} name={`record-${record.sequenceNumber}.txt`} />
        {record.text === undefined ? <span className="quiet"> (Base64)</span> : null}
      </pre>
    ),
  },
];

/** Records as they come, the newest first. The last thousand are kept, fewer of large ones, so a filter looks at what has gone by, too. */
export function Tail({ stream }: { stream: string }) {
  const api = useApi();
  const [from, setFrom] = useState('latest');
  const [isRunning, setRunning] = useState(true);
  const [isConnected, setConnected] = useState(false);
  const [error, setError] = useState<unknown>();
  const [filter, setFilter] = useState('');
  const [records, setRecords] = useState<readonly TailRecord[]>([]);
  const [seen, setSeen] = useState(0);
  const coming = useRef(new Coming());

  useEffect(() => {
    if (!isRunning) {
      return undefined;
    }
    const abort = new AbortController();
    setError(undefined);
    coming.current = new Coming();
    // Many records are drawn at once: a browser draws no thousand times a second.
    const timer = window.setInterval(() => {
      const { records: fresh, came } = coming.current.take();
      if (came > 0) {
        setSeen((old) => old + came);
        setRecords((old) => keep(old, fresh));
      }
    }, REDRAW_MILLIS);
    tail(
      api,
      stream,
      { from },
      (record) => coming.current.add(record),
      setConnected,
      abort.signal,
    )
      .catch((e: unknown) => setError(e))
      .finally(() => {
        if (!abort.signal.aborted) {
          setRunning(false);
        }
      });
    return () => {
      abort.abort();
      window.clearInterval(timer);
    };
  }, [api, stream, from, isRunning]);

  const found = useMemo(() => {
    const wanted = parseFilter(filter);
    return wanted.length === 0 ? records : records.filter((record) => matches(record, wanted));
  }, [records, filter]);
  return (
    <Section
      title="Tail"
      actions={
        <>
          <label className="check">
            <span className="quiet">From</span>
            <select
              value={from}
              onChange={(event) => {
                setRecords([]);
                setSeen(0);
                setFrom(event.target.value);
                setRunning(true);
              }}
            >
              <option value="latest">now</option>
              <option value="trim-horizon">the oldest record</option>
            </select>
          </label>
          <button type="button" onClick={() => setRunning(!isRunning)}>
            <Icon name={isRunning ? 'pause' : 'play'} />
            {isRunning ? 'Pause' : 'Go on'}
          </button>
          <button
            type="button"
            onClick={() => {
              setRecords([]);
              setSeen(0);
            }}
          >
            Clear
          </button>
        </>
      }
    >
      <label className="field">
        <span className="hidden">Filter records</span>
        <input
          type="search"
          data-filter
          placeholder="Filter: words, key:PARTITION-KEY, shard:3, -word to leave out"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
          spellCheck={false}
        />
      </label>
      <ErrorNote error={error} doing="Read records" />
      <p className="small quiet" role="status">
        {isConnected ? 'Reading. ' : isRunning ? 'Connecting … ' : 'Paused. '}
        {number(seen)} records came, {number(found.length)} of the last {number(records.length)} match
        {found.length > MOST_SHOWN ? `; the newest ${MOST_SHOWN} are shown` : ''}.
      </p>
      <div className="tail">
        <Table
          label="Records"
          columns={COLUMNS}
          rows={found.slice(0, MOST_SHOWN)}
          rowKey={(record) => `${record.shardId} ${record.sequenceNumber}`}
          empty={records.length === 0 ? 'No record has come yet.' : 'No record matches.'}
        />
      </div>
    </Section>
  );
}
