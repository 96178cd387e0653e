import { useState } from 'react';
import { Link } from 'wouter';
import { useApi } from '../../aws/api';
import { deleteStream, listStreams, type StreamListed } from '../../aws/kinesis';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { ErrorNote } from '../../ui/ErrorNote';
import { Page } from '../../ui/Page';
import { Status } from '../../ui/Status';
import { Table, type Column } from '../../ui/Table';
import { Time } from '../../ui/Time';
import { useLoad } from '../../ui/useLoad';
import { CreateStream } from './CreateStream';

const EVERY = 5_000;

/** All streams. */
export default function StreamsPage() {
  const api = useApi();
  const streams = useLoad('streams', (signal) => listStreams(api, signal), EVERY);
  const [filter, setFilter] = useState('');
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
  const shown = streams.data?.filter((stream) => stream.name.toLowerCase().includes(filter.toLowerCase()));
  return (
    <Page
      title="Streams"
      actions={
        <button type="button" className="primary" data-new onClick={() => setNew(true)}>
          Create stream
        </button>
      }
    >
      <label className="field">
        <span className="hidden">Filter by name</span>
        <input
          type="search"
          data-filter
          placeholder="Filter by name ( / )"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      </label>
      <ErrorNote error={streams.error} doing="List streams" />
      <p />
      {streams.data === undefined && streams.error !== undefined ? null : (
        <Table
          label="Streams"
          columns={columns}
          rows={shown}
          rowKey={(stream) => stream.name}
          empty={filter === '' ? 'There are no streams yet.' : 'No stream has such a name.'}
        />
      )}
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
