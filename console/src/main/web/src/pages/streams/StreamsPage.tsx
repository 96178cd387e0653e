import { useState } from 'react';
import { Link } from 'wouter';
import { useApi } from '../../aws/api';
import { deleteStream, listStreams, type StreamListed } from '../../aws/kinesis';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { NamedTable } from '../../ui/NamedTable';
import { Page } from '../../ui/Page';
import { Status } from '../../ui/Status';
import type { Column } from '../../ui/Table';
import { Time } from '../../ui/Time';
import { useLoad } from '../../ui/useLoad';
import { CreateStream } from './CreateStream';

/** What is made or deleted is soon done. */
const EVERY = (streams: readonly StreamListed[] | undefined) =>
  streams?.some((each) => each.status !== 'ACTIVE') === true ? 1_000 : 5_000;

/** All streams. */
export default function StreamsPage() {
  const api = useApi();
  const streams = useLoad('streams', (signal) => listStreams(api, signal), EVERY);
  const [isNew, setNew] = useState(false);
  const [deleting, setDeleting] = useState<string>();
  const columns: Column<StreamListed>[] = [
    {
      key: 'name',
      title: 'Name',
      sort: (stream) => stream.name,
      show: (stream) => (
        <Link href={`/streams/${encodeURIComponent(stream.name)}`} className="breakable">
          {stream.name}
        </Link>
      ),
    },
    { key: 'status', title: 'Status', sort: (stream) => stream.status, show: (stream) => <Status value={stream.status} /> },
    {
      key: 'mode',
      title: 'Capacity',
      sort: (stream) => stream.mode ?? '',
      show: (stream) => (stream.mode === 'ON_DEMAND' ? 'on demand' : 'provisioned'),
      wideOnly: true,
    },
    {
      key: 'created',
      title: 'Created',
      sort: (stream) => stream.createdAt ?? '',
      show: (stream) => (stream.createdAt === undefined ? '' : <Time at={stream.createdAt} />),
      wideOnly: true,
    },
    {
      key: 'actions',
      title: '',
      numeric: true,
      show: (stream) => (
        <button type="button" className="plain" onClick={() => setDeleting(stream.name)} aria-label={`Delete ${stream.name}`}>
          Delete
        </button>
      ),
    },
  ];
  return (
    <Page
      title="Streams"
      actions={
        <button type="button" className="primary" data-new onClick={() => setNew(true)}>
          Create stream
        </button>
      }
    >
      <NamedTable
        label="Streams"
        doing="List streams"
        loaded={streams}
        columns={columns}
        nameOf={(stream) => stream.name}
        none="There are no streams yet."
        noneSuch="No stream has such a name."
      />
      {isNew ? (
        <CreateStream
          onClose={(created) => {
            setNew(false);
            if (created) {
              streams.reload();
            }
          }}
        />
      ) : null}
      {deleting === undefined ? null : (
        <ConfirmDelete
          kind="stream"
          name={deleting}
          warning="All its records are lost, and its consumers with it."
          onDelete={() => deleteStream(api, deleting)}
          onClose={(deleted) => {
            setDeleting(undefined);
            if (deleted) {
              streams.reload();
            }
          }}
        />
      )}
    </Page>
  );
}
