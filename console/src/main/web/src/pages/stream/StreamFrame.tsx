import { useState, type ReactNode } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { useApi } from '../../aws/api';
import { deleteStream, getStream, type StreamSummary } from '../../aws/kinesis';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { ErrorNote } from '../../ui/ErrorNote';
import { duration } from '../../ui/format';
import { Facts, Page } from '../../ui/Page';
import { Status } from '../../ui/Status';
import { Tabs } from '../../ui/Tabs';
import { useLoad } from '../../ui/useLoad';
import { ChangeStream } from './ChangeStream';

/** A change is soon done. */
const EVERY = (stream: StreamSummary | undefined) => (stream === undefined || stream.status === 'ACTIVE' ? 5_000 : 1_000);
const HOUR = 3_600_000;

/** What all pages of one stream have in common. The part below is shown whether the stream may be described or not. */
export function StreamFrame({ children }: { children: (name: string, summary: StreamSummary | undefined) => ReactNode }) {
  const api = useApi();
  const [, navigate] = useLocation();
  const { name = '' } = useParams<{ name: string }>();
  const stream = useLoad(`stream ${name}`, (signal) => getStream(api, name, signal), EVERY);
  const [isDeleting, setDeleting] = useState(false);
  const [isChanging, setChanging] = useState(false);
  const path = `/streams/${encodeURIComponent(name)}`;
  return (
    <>
      <p className="crumbs small">
        <Link href="/streams">Streams</Link> /
      </p>
      <Page
        title={name}
        actions={
          <>
            {stream.data === undefined ? null : (
              <button type="button" onClick={() => setChanging(true)}>
                Change
              </button>
            )}
            <button type="button" className="danger" onClick={() => setDeleting(true)}>
              Delete
            </button>
          </>
        }
      >
        {stream.data === undefined ? null : <Summary stream={stream.data} />}
        <ErrorNote error={stream.error} doing="Describe stream" />
        <Tabs
          label="Stream"
          tabs={[
            [path, 'Shards'],
            [`${path}/records`, 'Records'],
            [`${path}/readers`, 'Readers'],
          ]}
        />
        {children(name, stream.data)}
      </Page>
      {isChanging && stream.data !== undefined ? (
        <ChangeStream
          stream={stream.data}
          onClose={(changed) => {
            setChanging(false);
            if (changed) {
              stream.reload();
            }
          }}
        />
      ) : null}
      {isDeleting ? (
        <ConfirmDelete
          kind="stream"
          name={name}
          warning="All its records are lost, and its consumers with it."
          onDelete={() => deleteStream(api, name)}
          onClose={(deleted) => {
            setDeleting(false);
            if (deleted) {
              navigate('/streams');
            }
          }}
        />
      ) : null}
    </>
  );
}

function Summary({ stream }: { stream: StreamSummary }) {
  return (
    <Facts
      facts={[
        ['Status', <Status key="status" value={stream.status} />],
        ['Capacity', stream.mode === 'ON_DEMAND' ? 'on demand' : 'provisioned'],
        ['Open shards', stream.openShardCount],
        ['Records are kept', duration(stream.retentionHours * HOUR)],
        ['Encryption', stream.encryptionType === 'KMS' ? (stream.keyId ?? 'KMS') : 'none'],
        ['ARN', <code key="arn" className="breakable">{stream.arn}</code>],
      ]}
    />
  );
}
