import { useState } from 'react';
import { isSql, listSnapshots, startApplication, type ApplicationDetail, type StartFrom } from '../../aws/analytics';
import { useApi } from '../../aws/api';
import { Dialog } from '../../ui/Dialog';
import { ErrorNote } from '../../ui/ErrorNote';
import { useAction } from '../../ui/useAction';
import { useLoad } from '../../ui/useLoad';

const OF_SQL: readonly (readonly [value: string, title: string, from: StartFrom])[] = [
  ['NOW', 'Read what comes from now on', { position: 'NOW' }],
  ['TRIM_HORIZON', 'Read all that the stream has', { position: 'TRIM_HORIZON' }],
  ['LAST_STOPPED_POINT', 'Go on where it was stopped', { position: 'LAST_STOPPED_POINT' }],
];

const OF_FLINK: readonly (readonly [value: string, title: string, from: StartFrom])[] = [
  ['LATEST', 'Go on from the latest snapshot', { restore: 'RESTORE_FROM_LATEST_SNAPSHOT' }],
  ['SKIP', 'Begin without state, where the code says', { restore: 'SKIP_RESTORE_FROM_SNAPSHOT' }],
];

/** Asks where an application is to begin. */
export function StartApplication({ application, onClose }: { application: ApplicationDetail; onClose: (started: boolean) => void }) {
  const api = useApi();
  const name = application.ApplicationName;
  const snapshots = useLoad(isSql(application) ? undefined : `snapshots to start ${name}`, (signal) => listSnapshots(api, name, signal));
  const choices = isSql(application)
    ? OF_SQL
    : [
        ...OF_FLINK,
        ...(snapshots.data ?? [])
          .filter((each) => each.SnapshotStatus === 'READY')
          .map(({ SnapshotName }) => [SnapshotName, `Go on from the snapshot ${SnapshotName}`, { snapshot: SnapshotName }] as const),
      ];
  const [chosen, setChosen] = useState(choices[0]?.[0]);
  const action = useAction(async () => {
    const from = choices.find(([value]) => value === chosen)?.[2];
    if (from !== undefined) {
      await startApplication(api, application, from);
    }
  });
  return (
    <Dialog title={`Start ${name}`} onClose={() => onClose(false)}>
      <form
        className="form"
        onSubmit={async (event) => {
          event.preventDefault();
          if (await action.run()) {
            onClose(true);
          }
        }}
      >
        <fieldset>
          <legend>Where to begin</legend>
          {choices.map(([value, title]) => (
            <label key={value} className="check">
              <input type="radio" name="from" checked={chosen === value} onChange={() => setChosen(value)} />
              {title}
            </label>
          ))}
        </fieldset>
        <ErrorNote error={snapshots.error} doing="List snapshots" />
        <ErrorNote error={action.error} doing="Start application" />
        <div className="buttons">
          <button type="submit" className="primary" disabled={action.busy}>
            {action.busy ? 'Looking at the code …' : 'Start'}
          </button>
          <button type="button" onClick={() => onClose(false)}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
