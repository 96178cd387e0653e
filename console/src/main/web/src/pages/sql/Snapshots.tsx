import { useState } from 'react';
import { createSnapshot, deleteSnapshot, listSnapshots, type Snapshot } from '../../aws/analytics';
import { useApi } from '../../aws/api';
import { ErrorNote } from '../../ui/ErrorNote';
import { ofSeconds } from '../../ui/format';
import { Section } from '../../ui/Page';
import { Status } from '../../ui/Status';
import { Table } from '../../ui/Table';
import { useAction } from '../../ui/useAction';
import { useLoad } from '../../ui/useLoad';

const EVERY = 5_000;

/** Snapshots of the state of a Flink application. */
export function Snapshots({ name, isRunning }: { name: string; isRunning: boolean }) {
  const api = useApi();
  const snapshots = useLoad(`snapshots ${name}`, (signal) => listSnapshots(api, name, signal), EVERY);
  const [wanted, setWanted] = useState('');
  const make = useAction(async () => {
    await createSnapshot(api, name, wanted);
    setWanted('');
    snapshots.reload();
  });
  const remove = useAction(async (snapshot: Snapshot) => {
    await deleteSnapshot(api, name, snapshot);
    snapshots.reload();
  });
  return (
    <Section title="Snapshots">
      <ErrorNote error={snapshots.error} doing="List snapshots" />
      <Table
        label="Snapshots"
        columns={[
          { key: 'name', title: 'Name', show: (each) => each.SnapshotName },
          { key: 'status', title: 'Status', show: (each) => <Status value={each.SnapshotStatus} /> },
          { key: 'version', title: 'Version', numeric: true, show: (each) => each.ApplicationVersionId, wideOnly: true },
          {
            key: 'made',
            title: 'Made',
            show: (each) => (each.SnapshotCreationTimestamp === undefined ? '' : ofSeconds(each.SnapshotCreationTimestamp)),
            wideOnly: true,
          },
          {
            key: 'actions',
            title: '',
            numeric: true,
            show: (each) => (
              <button
                type="button"
                className="plain"
                disabled={remove.busy}
                onClick={() => void remove.run(each)}
                aria-label={`Delete snapshot ${each.SnapshotName}`}
              >
                Delete
              </button>
            ),
          },
        ]}
        rows={snapshots.data}
        rowKey={(each) => each.SnapshotName}
        empty="There are none."
      />
      <ErrorNote error={remove.error} doing="Delete snapshot" />
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          void make.run();
        }}
      >
        <label className="field">
          <span>Name of a new snapshot</span>
          <input
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
            required
            maxLength={256}
            pattern="[a-zA-Z0-9_.\-]+"
            title="Letters, digits, _ . and -"
            autoComplete="off"
            disabled={!isRunning}
          />
        </label>
        <button type="submit" disabled={!isRunning || make.busy}>
          Take snapshot
        </button>
      </form>
      <ErrorNote error={make.error} doing="Create snapshot" />
    </Section>
  );
}
