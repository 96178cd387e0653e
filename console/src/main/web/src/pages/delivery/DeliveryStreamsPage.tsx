import { useState } from 'react';
import { Link } from 'wouter';
import { useApi } from '../../aws/api';
import { deleteDeliveryStream, listDeliveryStreams } from '../../aws/firehose';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { NamedTable } from '../../ui/NamedTable';
import { Page } from '../../ui/Page';
import type { Column } from '../../ui/Table';
import { useLoad } from '../../ui/useLoad';
import { CreateDeliveryStream } from './CreateDeliveryStream';

const EVERY = 3_000;

/** All delivery streams. */
export default function DeliveryStreamsPage() {
  const api = useApi();
  const streams = useLoad('delivery streams', (signal) => listDeliveryStreams(api, signal), EVERY);
  const [isNew, setNew] = useState(false);
  const [deleting, setDeleting] = useState<string>();
  const columns: Column<string>[] = [
    {
      key: 'name',
      title: 'Name',
      sort: (name) => name,
      show: (name) => (
        <Link href={`/delivery-streams/${encodeURIComponent(name)}`} className="breakable">
          {name}
        </Link>
      ),
    },
    {
      key: 'actions',
      title: '',
      numeric: true,
      show: (name) => (
        <button type="button" className="plain" onClick={() => setDeleting(name)} aria-label={`Delete ${name}`}>
          Delete
        </button>
      ),
    },
  ];
  return (
    <Page
      title="Delivery streams"
      actions={
        <button type="button" className="primary" data-new onClick={() => setNew(true)}>
          Create delivery stream
        </button>
      }
    >
      <NamedTable
        label="Delivery streams"
        doing="List delivery streams"
        loaded={streams}
        columns={columns}
        nameOf={(name) => name}
        none="There are no delivery streams yet."
        noneSuch="No delivery stream has such a name."
      />
      {isNew ? (
        <CreateDeliveryStream
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
          kind="delivery stream"
          name={deleting}
          warning="Records that it has taken and not delivered yet are lost. What it delivered stays."
          onDelete={() => deleteDeliveryStream(api, deleting)}
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
