import { useState, type ReactNode } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import {
  deleteApplication,
  describeApplication,
  getApplicationActivity,
  inputsOf,
  isSql,
  outputsOf,
  stopApplication,
  type ApplicationActivity,
  type ApplicationDetail,
} from '../../aws/analytics';
import { useApi } from '../../aws/api';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { ErrorNote } from '../../ui/ErrorNote';
import { Facts, Page } from '../../ui/Page';
import { Status } from '../../ui/Status';
import { Tabs } from '../../ui/Tabs';
import { useAction } from '../../ui/useAction';
import { useLoad, type Loaded } from '../../ui/useLoad';
import { StartApplication } from './StartApplication';

const EVERY = 2_000;
/** A start or a stop is soon done. */
const EVERY_STATUS = (application: ApplicationDetail | undefined) =>
  application === undefined || ['READY', 'RUNNING'].includes(application.ApplicationStatus) ? 2_000 : 1_000;

export interface Shown {
  readonly name: string;
  readonly application: Loaded<ApplicationDetail>;
  readonly activity: Loaded<ApplicationActivity>;
}

/** What all pages of one application have in common: its state, and what starts, stops and deletes it. */
export function ApplicationFrame({ children }: { children: (shown: Shown) => ReactNode }) {
  const api = useApi();
  const [, navigate] = useLocation();
  const { name = '' } = useParams<{ name: string }>();
  const application = useLoad(`application ${name}`, (signal) => describeApplication(api, name, signal), EVERY_STATUS);
  const activity = useLoad(`application activity ${name}`, (signal) => getApplicationActivity(api, name, signal), EVERY);
  const [isDeleting, setDeleting] = useState(false);
  const [isStarting, setStarting] = useState(false);
  const stop = useAction(async (force: boolean) => {
    await stopApplication(api, name, force);
    application.reload();
  });
  const detail = application.data;
  const path = `/sql/${encodeURIComponent(name)}`;
  return (
    <>
      <p className="crumbs small">
        <Link href="/sql">SQL applications</Link> /
      </p>
      <Page
        title={name}
        actions={
          <>
            {detail?.ApplicationStatus === 'READY' ? (
              <button type="button" className="primary" onClick={() => setStarting(true)}>
                Start
              </button>
            ) : null}
            {detail?.ApplicationStatus === 'RUNNING' ? (
              <button type="button" disabled={stop.busy} onClick={() => void stop.run(false)}>
                Stop
              </button>
            ) : null}
            {detail !== undefined && !isSql(detail) && ['STARTING', 'STOPPING', 'UPDATING'].includes(detail.ApplicationStatus) ? (
              <button type="button" disabled={stop.busy} onClick={() => void stop.run(true)}>
                Stop by force
              </button>
            ) : null}
            <button type="button" className="danger" disabled={detail === undefined} onClick={() => setDeleting(true)}>
              Delete
            </button>
          </>
        }
      >
        {detail === undefined ? null : <Summary application={detail} />}
        <ErrorNote error={application.error} doing="Describe application" />
        <ErrorNote error={stop.error} doing="Stop application" />
        {activity.data?.failure === undefined ? null : (
          <div className="note note-bad" role="alert">
            <p>{activity.data.failure}</p>
          </div>
        )}
        <Tabs
          label="Application"
          tabs={[
            [path, 'Code'],
            [`${path}/rows`, 'Rows'],
            [`${path}/job`, 'Job'],
          ]}
        />
        {children({ name, application, activity })}
      </Page>
      {isStarting && detail !== undefined ? (
        <StartApplication
          application={detail}
          onClose={(started) => {
            setStarting(false);
            if (started) {
              application.reload();
            }
          }}
        />
      ) : null}
      {isDeleting && detail !== undefined ? (
        <ConfirmDelete
          kind="application"
          name={name}
          warning="Its code, its versions, its state and its snapshots are lost. What it wrote stays."
          onDelete={() => deleteApplication(api, detail)}
          onClose={(deleted) => {
            setDeleting(false);
            if (deleted) {
              navigate('/sql');
            }
          }}
        />
      ) : null}
    </>
  );
}

function Summary({ application }: { application: ApplicationDetail }) {
  return (
    <Facts
      facts={[
        ['Status', <Status key="status" value={application.ApplicationStatus} />],
        ['Language', isSql(application) ? 'SQL of Kinesis Analytics' : `Flink SQL (${application.RuntimeEnvironment})`],
        ['Version', application.ApplicationVersionId],
        ...inputsOf(application).map(
          (input) =>
            [
              `Reads ${input.InAppStreamNames?.join(', ') ?? input.NamePrefix} from`,
              <Destination key="input" arn={input.KinesisStreamsInputDescription?.ResourceARN} />,
            ] as const,
        ),
        ...outputsOf(application).map(
          (output) =>
            [
              `Writes ${output.Name} to`,
              <Destination
                key="output"
                arn={
                  output.KinesisStreamsOutputDescription?.ResourceARN ??
                  output.KinesisFirehoseOutputDescription?.ResourceARN ??
                  output.LambdaOutputDescription?.ResourceARN
                }
              />,
            ] as const,
        ),
        ['Role', <code key="role" className="breakable">{application.ServiceExecutionRole ?? 'those of its inputs and outputs'}</code>],
      ]}
    />
  );
}

/** Where the console has a page for it, a link there. */
function Destination({ arn = '' }: { arn?: string | undefined }) {
  const [, service, kind, name = ''] = /^arn:aws:(\w+):[^:]*:[^:]*:(\w+)[/:](.+)$/.exec(arn) ?? [];
  if (service === 'kinesis' && kind === 'stream') {
    return <Link href={`/streams/${encodeURIComponent(name)}`}>{name}</Link>;
  }
  return <code className="breakable">{arn}</code>;
}
