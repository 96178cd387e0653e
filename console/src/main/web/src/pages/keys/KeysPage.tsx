import { useState } from 'react';
import { Link } from 'wouter';
import { useApi } from '../../aws/api';
import { createAlias, createKey, listKeys, type Key } from '../../aws/kms';
import { Dialog } from '../../ui/Dialog';
import { ErrorNote } from '../../ui/ErrorNote';
import { ofSeconds } from '../../ui/format';
import { Page, Section } from '../../ui/Page';
import { Status } from '../../ui/Status';
import { Table, type Column } from '../../ui/Table';
import { useAction } from '../../ui/useAction';
import { useLoad } from '../../ui/useLoad';
import { AccessKeys } from '../identities/AccessKeys';

const COLUMNS: Column<Key>[] = [
  {
    key: 'name',
    title: 'Key',
    sort: (key) => nameOf(key),
    show: (key) => (
      <Link href={`/keys/${encodeURIComponent(key.KeyId)}`} className="breakable">
        {nameOf(key)}
      </Link>
    ),
  },
  { key: 'state', title: 'State', sort: (key) => key.KeyState, show: (key) => <Status value={key.KeyState} /> },
  { key: 'description', title: 'Description', show: (key) => <span className="breakable">{key.Description}</span>, wideOnly: true },
  {
    key: 'manager',
    title: 'Of',
    sort: (key) => key.KeyManager ?? '',
    show: (key) => (key.KeyManager === 'AWS' ? 'a service' : 'this account'),
    wideOnly: true,
  },
  {
    key: 'created',
    title: 'Created',
    sort: (key) => key.CreationDate ?? 0,
    show: (key) => (key.CreationDate === undefined ? '' : ofSeconds(key.CreationDate)),
    wideOnly: true,
  },
];

/** Keys that data is encrypted with, and access keys of whoever is signed in. */
export default function KeysPage() {
  const api = useApi();
  const keys = useLoad('kms keys', (signal) => listKeys(api, signal));
  const [isNew, setNew] = useState(false);
  return (
    <Page
      title="Keys"
      actions={
        <button type="button" className="primary" data-new onClick={() => setNew(true)}>
          Create key
        </button>
      }
    >
      <Section title="Encryption keys">
        <ErrorNote error={keys.error} doing="List keys" />
        {keys.data === undefined && keys.error !== undefined ? null : (
          <Table label="Encryption keys" columns={COLUMNS} rows={keys.data} rowKey={(key) => key.KeyId} empty="There are none yet." />
        )}
      </Section>
      <AccessKeys title="Your access keys" />
      {isNew ? (
        <CreateKey
          onClose={(created) => {
            setNew(false);
            if (created) {
              keys.reload();
            }
          }}
        />
      ) : null}
    </Page>
  );
}

function nameOf(key: Key): string {
  return key.aliases.length === 0 ? key.KeyId : key.aliases.map((alias) => alias.replace(/^alias\//, '')).join(', ');
}

function CreateKey({ onClose }: { onClose: (created: boolean) => void }) {
  const api = useApi();
  const [alias, setAlias] = useState('');
  const [description, setDescription] = useState('');
  const [made, setMade] = useState<string>();
  const action = useAction(async () => {
    // A key without its alias is not made a second time.
    const id = made ?? (await createKey(api, description));
    setMade(id);
    if (alias !== '') {
      await createAlias(api, id, alias);
    }
  });
  return (
    <Dialog title="Create key" onClose={() => onClose(made !== undefined)}>
      <form
        className="form"
        onSubmit={async (event) => {
          event.preventDefault();
          if (await action.run()) {
            onClose(true);
          }
        }}
      >
        <label className="field">
          <span>Alias</span>
          <input
            value={alias}
            onChange={(event) => setAlias(event.target.value)}
            maxLength={250}
            pattern="[a-zA-Z0-9\/_\-]+"
            title="Letters, digits and /_-"
            autoComplete="off"
            spellCheck={false}
            autoFocus
          />
          <small>By which it is called, without alias/; empty for none.</small>
        </label>
        <label className="field">
          <span>Description</span>
          <input value={description} onChange={(event) => setDescription(event.target.value)} maxLength={8192} disabled={made !== undefined} />
        </label>
        <ErrorNote error={action.error} doing={made === undefined ? 'Create key' : 'The key is created. Create its alias'} />
        <div className="buttons">
          <button type="submit" className="primary" disabled={action.busy}>
            {made === undefined ? 'Create' : 'Try again'}
          </button>
          <button type="button" onClick={() => onClose(made !== undefined)}>
            {made === undefined ? 'Cancel' : 'Close'}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
