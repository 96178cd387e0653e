import { useState } from 'react';
import { isSql, listSnapshots, startApplication, type ApplicationDetail, type StartFrom } from '../../aws/analytics';
import { useApi } from '../../aws/api';
import { ErrorNote } from '../../ui/ErrorNote';
import { FormDialog } from '../../ui/FormDialog';
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
    <FormDialog
      title={`Start ${name}`}
      doing="Start application"
      submit={action.busy ? 'Looking at the code …' : 'Start'}
      action={action}
      onClose={onClose}
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
    </FormDialog>
  );
}
