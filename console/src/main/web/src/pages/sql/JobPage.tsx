import { getGraph, isSql, type ApplicationActivity, type Vertex } from '../../aws/analytics';
import { useApi } from '../../aws/api';
import { ErrorNote } from '../../ui/ErrorNote';
import { bytes, duration, number, percent } from '../../ui/format';
import { Meter } from '../../ui/Meter';
import { Facts, Section } from '../../ui/Page';
import { Table, type Column } from '../../ui/Table';
import { Time } from '../../ui/Time';
import { useLoad } from '../../ui/useLoad';
import { ApplicationFrame } from './ApplicationFrame';
import { JobGraph } from './JobGraph';
import { part } from './layers';
import { Snapshots } from './Snapshots';

const EVERY = 3_000;

/** The job of an application: its tasks, how it does, what went wrong, its snapshots. */
export default function JobPage() {
  return (
    <ApplicationFrame>
      {({ name, application, activity }) => (
        <>
          <Section title="Job graph">
            <Graph name={name} />
          </Section>
          <Section title="Measured">
            <ErrorNote error={activity.error} doing="Look at activity" />
            {activity.data === undefined ? null : <Measured activity={activity.data} />}
          </Section>
          <Section title="Last errors">
            {activity.data === undefined ? null : <Errors activity={activity.data} />}
          </Section>
          {application.data === undefined || isSql(application.data) ? null : (
            <Snapshots name={name} isRunning={application.data.ApplicationStatus === 'RUNNING'} />
          )}
        </>
      )}
    </ApplicationFrame>
  );
}

const COLUMNS: Column<Vertex>[] = [
  { key: 'name', title: 'Task', show: (vertex) => <span className="breakable">{vertex.name}</span> },
  { key: 'state', title: 'State', show: (vertex) => vertex.state.toLowerCase(), wideOnly: true },
  { key: 'subtasks', title: 'Subtasks', numeric: true, show: (vertex) => vertex.parallelism, wideOnly: true },
  { key: 'in', title: 'Records in', numeric: true, show: (vertex) => count(vertex.metrics['numRecordsIn']) },
  { key: 'out', title: 'Records out', numeric: true, show: (vertex) => count(vertex.metrics['numRecordsOut']) },
  { key: 'busy', title: 'Busy', show: (vertex) => <Part label="Busy" value={part(vertex, 'busy')} />, wideOnly: true },
  { key: 'held', title: 'Held up', show: (vertex) => <Part label="Held up" value={part(vertex, 'backPressured')} />, wideOnly: true },
];

function Graph({ name }: { name: string }) {
  const api = useApi();
  const graph = useLoad(`graph ${name}`, (signal) => getGraph(api, name, signal), EVERY);
  return (
    <>
      <ErrorNote error={graph.error} doing="Look at the job" />
      {graph.data === undefined ? null : graph.data.length === 0 ? (
        <p className="quiet">No job runs, or another process of this service runs it.</p>
      ) : (
        <>
          <JobGraph vertices={graph.data} />
          <p className="small quiet">
            Busy is the task that computes; held up, by what takes its records too slowly, is one above it. Each is of the subtask with
            the most.
          </p>
          <Table label="Tasks" columns={COLUMNS} rows={graph.data} rowKey={(vertex) => vertex.id} empty="" />
        </>
      )}
    </>
  );
}

function Measured({ activity: { metrics, attempts } }: { activity: ApplicationActivity }) {
  const shown: readonly (readonly [metric: string, title: string, format: (value: number) => string])[] = [
    ['millisBehindLatest', 'Behind the stream', duration],
    ['numRecordsInPerSecond', 'Records in a second', number],
    ['numRecordsOutPerSecond', 'Records out a second', number],
    ['numRestarts', 'Restarts', number],
    ['uptime', 'Runs since', duration],
    ['numberOfCompletedCheckpoints', 'Checkpoints', number],
    ['numberOfFailedCheckpoints', 'Failed checkpoints', number],
    ['lastCheckpointDuration', 'Last checkpoint took', duration],
    ['lastCheckpointFullSize', 'State', bytes],
  ];
  const known = shown.filter(([metric]) => metrics[metric] !== undefined);
  if (known.length === 0 && attempts === 0) {
    return <p className="quiet">Nothing has been measured.</p>;
  }
  return (
    <Facts
      facts={[
        ...known.map(([metric, title, format]) => [title, format(metrics[metric] ?? 0)] as const),
        ...(attempts === 0 ? [] : [['Attempts to start', number(attempts)] as const]),
      ]}
    />
  );
}

function Errors({ activity }: { activity: ApplicationActivity }) {
  return (
    <Table
      label="Last errors"
      columns={[
        { key: 'at', title: 'At', show: (each) => <Time at={each.at} /> },
        { key: 'version', title: 'Version', numeric: true, show: (each) => each.version, wideOnly: true },
        { key: 'message', title: 'What went wrong', show: (each) => <span className="breakable">{each.message}</span> },
      ]}
      rows={activity.errors}
      rowKey={(each) => `${each.at} ${each.message}`}
      empty="Nothing went wrong."
    />
  );
}

function Part({ label, value }: { label: string; value: number | undefined }) {
  return value === undefined ? <>–</> : <Meter label={label} value={value} text={percent(value)} />;
}

function count(value: number | undefined): string {
  return value === undefined ? '–' : number(value);
}
