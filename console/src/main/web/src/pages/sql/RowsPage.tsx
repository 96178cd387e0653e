import { useEffect, useRef, useState } from 'react';
import { isSql, preview, type Row } from '../../aws/analytics';
import { useApi } from '../../aws/api';
import { ErrorNote } from '../../ui/ErrorNote';
import { number } from '../../ui/format';
import { Icon } from '../../ui/Icon';
import { LongText } from '../../ui/LongText';
import { Section } from '../../ui/Page';
import { Table, type Column } from '../../ui/Table';
import { ApplicationFrame } from './ApplicationFrame';
import { inAppStreams } from './inAppStreams';

const MOST_KEPT = 200;
const REDRAW_MILLIS = 200;

/** The rows of an application's streams, as they are made. */
export default function RowsPage() {
  return (
    <ApplicationFrame>
      {({ name, application }) =>
        application.data === undefined ? null : isSql(application.data) ? (
          <Rows name={name} streams={inAppStreams(application.data)} isRunning={application.data.ApplicationStatus === 'RUNNING'} />
        ) : (
          <p className="quiet">
            Applications of Flink SQL have no in-application streams: INSERT what is to be looked at into a stream, and look at that.
          </p>
        )
      }
    </ApplicationFrame>
  );
}

interface Numbered {
  readonly number: number;
  readonly row: Row;
}

function Rows({ name, streams, isRunning }: { name: string; streams: readonly string[]; isRunning: boolean }) {
  const api = useApi();
  const [chosen, setChosen] = useState<string>();
  const [isPaused, setPaused] = useState(false);
  const [isConnected, setConnected] = useState(false);
  const [error, setError] = useState<unknown>();
  const [rows, setRows] = useState<readonly Numbered[]>([]);
  const [dropped, setDropped] = useState(0);
  const coming = useRef<Numbered[]>([]);
  const stream = chosen ?? streams[0] ?? '';

  useEffect(() => {
    if (isPaused) {
      return undefined;
    }
    const abort = new AbortController();
    let count = 0;
    setError(undefined);
    setRows([]);
    setDropped(0);
    coming.current = [];
    const timer = window.setInterval(() => {
      const fresh = coming.current;
      if (fresh.length > 0) {
        coming.current = [];
        setRows((old) => [...fresh.reverse(), ...old].slice(0, MOST_KEPT));
      }
    }, REDRAW_MILLIS);
    preview(
      api,
      name,
      stream,
      (row) => {
        coming.current.push({ number: ++count, row });
        if (coming.current.length > MOST_KEPT) {
          coming.current.shift();
        }
      },
      (more) => setDropped((old) => old + more),
      setConnected,
      abort.signal,
    )
      .catch((e: unknown) => setError(e))
      .finally(() => {
        if (!abort.signal.aborted) {
          setPaused(true);
        }
      });
    return () => {
      abort.abort();
      window.clearInterval(timer);
    };
  }, [api, name, stream, isPaused]);

  const names = [...new Set(rows.slice(0, 20).flatMap(({ row }) => Object.keys(row)))];
  const columns: Column<Numbered>[] = (names.length === 0 ? ['ROWTIME'] : names).map((column) => ({
    key: column,
    title: column,
    show: ({ row }) => <Value value={row[column]} />,
  }));
  return (
    <Section
      title="Rows as they are made"
      actions={
        <>
          <label className="check">
            <span className="quiet">Stream</span>
            <select value={stream} onChange={(event) => setChosen(event.target.value)}>
              {streams.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          </label>
          <button type="button" onClick={() => setPaused(!isPaused)}>
            <Icon name={isPaused ? 'play' : 'pause'} />
            {isPaused ? 'Go on' : 'Pause'}
          </button>
        </>
      }
    >
      <ErrorNote error={error} doing="Look at rows" />
      <p className="small quiet" role="status">
        {isPaused ? 'Paused. ' : isConnected ? 'Looking. ' : 'Connecting … '}
        {isRunning ? '' : 'The application does not run. '}
        {number(rows[0]?.number ?? 0)} {rows[0]?.number === 1 ? 'row' : 'rows'} came{rows.length < MOST_KEPT ? '' : `; the newest ${MOST_KEPT} are shown`}
        {dropped === 0 ? '' : `; ${number(dropped)} were left out, because they came too fast`}.
      </p>
      <div className="tail">
        <Table
          label={`Rows of ${stream}`}
          columns={columns}
          rows={rows}
          rowKey={(each) => String(each.number)}
          empty="No row has come yet."
        />
      </div>
    </Section>
  );
}

function Value({ value }: { value: unknown }) {
  if (value === null || value === undefined) {
    return <span className="quiet">NULL</span>;
  }
  return (
    <code className="breakable">
      <LongText text={typeof value === 'object' ? JSON.stringify(value) : String(value)} name="value.txt" />
    </code>
  );
}
