import { useState } from 'react';
import { Link, useParams } from 'wouter';
import { useApi } from '../../aws/api';
import { setOut } from '../../aws/iam';
import {
  cancelDeletion,
  createAlias,
  deleteAlias,
  describeKey,
  getKeyPolicy,
  getRotation,
  listAliases,
  putKeyPolicy,
  rotateNow,
  setEnabled,
  setRotation,
  streamsWithKey,
  type KeyMetadata,
} from '../../aws/kms';
import { ErrorNote } from '../../ui/ErrorNote';
import { ofSeconds } from '../../ui/format';
import { Facts, Page, Section } from '../../ui/Page';
import { Status } from '../../ui/Status';
import { Table } from '../../ui/Table';
import { useAction } from '../../ui/useAction';
import { useLoad } from '../../ui/useLoad';
import { PolicyEditor } from '../identities/PolicyEditor';
import { ScheduleDeletion } from './ScheduleDeletion';

/** One key: its state, its aliases, its rotation, its policy, and what uses it. */
export default function KeyPage() {
  const api = useApi();
  const { id = '' } = useParams<{ id: string }>();
  const key = useLoad(`key ${id}`, (signal) => describeKey(api, id, signal));
  const aliases = useLoad(`aliases ${id}`, (signal) => listAliases(api, id, signal));
  const [isScheduling, setScheduling] = useState(false);
  const change = useAction(async (how: () => Promise<unknown>) => {
    await how();
    key.reload();
  });
  const state = key.data?.KeyState;
  const names = aliases.data?.map((each) => each.name) ?? [];
  return (
    <>
      <p className="crumbs small">
        <Link href="/keys">Keys</Link> /
      </p>
      <Page
        title={names[0]?.replace(/^alias\//, '') ?? id}
        actions={
          <>
            {state === 'Enabled' || state === 'Disabled' ? (
              <>
                <button type="button" disabled={change.busy} onClick={() => void change.run(() => setEnabled(api, id, state === 'Disabled'))}>
                  {state === 'Enabled' ? 'Disable' : 'Enable'}
                </button>
                <button type="button" className="danger" onClick={() => setScheduling(true)}>
                  Schedule deletion
                </button>
              </>
            ) : null}
            {state === 'PendingDeletion' ? (
              <button type="button" disabled={change.busy} onClick={() => void change.run(() => cancelDeletion(api, id))}>
                Keep it
              </button>
            ) : null}
          </>
        }
      >
        <ErrorNote error={key.error} doing="Describe key" />
        <ErrorNote error={change.error} doing="Change key" />
        {key.data === undefined ? null : <Summary metadata={key.data} />}
        <div className="columns">
          <Aliases id={id} names={names} error={aliases.error} onChanged={aliases.reload} />
          <RotationOf id={id} />
        </div>
        {key.data === undefined ? null : <Use metadata={key.data} aliases={names} />}
        <Policy id={id} />
      </Page>
      {isScheduling ? (
        <ScheduleDeletion
          id={id}
          onClose={(scheduled) => {
            setScheduling(false);
            if (scheduled) {
              key.reload();
            }
          }}
        />
      ) : null}
    </>
  );
}

function Summary({ metadata }: { metadata: KeyMetadata }) {
  return (
    <Facts
      facts={[
        ['State', <Status key="state" value={metadata.KeyState} />],
        ...(metadata.DeletionDate === undefined ? [] : [['Deleted at', ofSeconds(metadata.DeletionDate)] as const]),
        ...(metadata.Description === undefined || metadata.Description === '' ? [] : [['Description', metadata.Description] as const]),
        ...(metadata.CreationDate === undefined ? [] : [['Created', ofSeconds(metadata.CreationDate)] as const]),
        ['ARN', <code key="arn" className="breakable">{metadata.Arn}</code>],
      ]}
    />
  );
}

function Aliases({ id, names, error, onChanged }: { id: string; names: readonly string[]; error: unknown; onChanged: () => void }) {
  const api = useApi();
  const [wanted, setWanted] = useState('');
  const add = useAction(async () => {
    await createAlias(api, id, wanted);
    setWanted('');
    onChanged();
  });
  const remove = useAction(async (alias: string) => {
    await deleteAlias(api, alias);
    onChanged();
  });
  return (
    <Section title="Aliases">
      <ErrorNote error={error} doing="List aliases" />
      <Table
        label="Aliases"
        columns={[
          { key: 'name', title: 'Alias', show: (alias) => <code className="breakable">{alias}</code> },
          {
            key: 'actions',
            title: '',
            numeric: true,
            show: (alias) => (
              <button type="button" className="plain" onClick={() => void remove.run(alias)} aria-label={`Delete ${alias}`}>
                Delete
              </button>
            ),
          },
        ]}
        rows={names}
        rowKey={(alias) => alias}
        empty="It has none."
      />
      <ErrorNote error={remove.error} doing="Delete alias" />
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          void add.run();
        }}
      >
        <label className="field">
          <span>New alias</span>
          <input
            value={wanted}
            onChange={(event) => setWanted(event.target.value)}
            required
            pattern="[a-zA-Z0-9\/_\-]+"
            title="Letters, digits and /_-"
            autoComplete="off"
            spellCheck={false}
          />
        </label>
        <button type="submit" disabled={add.busy}>
          Add
        </button>
      </form>
      <ErrorNote error={add.error} doing="Create alias" />
    </Section>
  );
}

function RotationOf({ id }: { id: string }) {
  const api = useApi();
  const rotation = useLoad(`rotation ${id}`, (signal) => getRotation(api, id, signal));
  const change = useAction(async (how: () => Promise<unknown>) => {
    await how();
    rotation.reload();
  });
  return (
    <Section title="Rotation">
      <ErrorNote error={rotation.error} doing="Look at rotation" />
      {rotation.data === undefined ? null : (
        <>
          <p>
            {rotation.data.KeyRotationEnabled
              ? `New data is encrypted with new material every ${rotation.data.RotationPeriodInDays ?? 365} days`
              : 'Its material is not rotated by itself'}
            {rotation.data.NextRotationDate === undefined ? '' : `, next at ${ofSeconds(rotation.data.NextRotationDate)}`}.
          </p>
          <div className="buttons">
            <button
              type="button"
              disabled={change.busy}
              onClick={() => void change.run(() => setRotation(api, id, rotation.data?.KeyRotationEnabled !== true))}
            >
              {rotation.data.KeyRotationEnabled ? 'Do not rotate' : 'Rotate every year'}
            </button>
            <button type="button" disabled={change.busy} onClick={() => void change.run(() => rotateNow(api, id))}>
              Rotate now
            </button>
          </div>
        </>
      )}
      <ErrorNote error={change.error} doing="Rotate key" />
    </Section>
  );
}

function Use({ metadata, aliases }: { metadata: KeyMetadata; aliases: readonly string[] }) {
  const api = useApi();
  const [found, setFound] = useState<readonly string[]>();
  const look = useAction(async () => setFound(await streamsWithKey(api, metadata, aliases)));
  return (
    <Section
      title="Streams that use it"
      actions={
        <button type="button" disabled={look.busy} onClick={() => void look.run()}>
          {look.busy ? 'Looking …' : 'Look for them'}
        </button>
      }
    >
      <ErrorNote error={look.error} doing="Look at streams" />
      {found === undefined ? null : (
        <Table
          label="Streams that use it"
          columns={[
            {
              key: 'name',
              title: 'Stream',
              show: (name) => <Link href={`/streams/${encodeURIComponent(name)}`}>{name}</Link>,
            },
          ]}
          rows={found}
          rowKey={(name) => name}
          empty="No stream is encrypted with it now. Records that were may still need it."
        />
      )}
    </Section>
  );
}

function Policy({ id }: { id: string }) {
  const api = useApi();
  const policy = useLoad(`key policy ${id}`, (signal) => getKeyPolicy(api, id, signal));
  return (
    <Section title="Who may use it">
      <ErrorNote error={policy.error} doing="Read key policy" />
      {policy.data === undefined ? null : (
        <PolicyEditor
          label="Key policy"
          document={setOut(policy.data)}
          onSave={async (document) => {
            await putKeyPolicy(api, id, document);
            policy.reload();
          }}
        />
      )}
    </Section>
  );
}
