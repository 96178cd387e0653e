import { useState } from 'react';
import { useApi } from '../../aws/api';
import { createAccessKey, deleteAccessKey, listAccessKeys, setAccessKeyStatus, type AccessKey, type NewAccessKey } from '../../aws/iam';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { Dialog } from '../../ui/Dialog';
import { ErrorNote } from '../../ui/ErrorNote';
import { Section } from '../../ui/Page';
import { Status } from '../../ui/Status';
import { Table } from '../../ui/Table';
import { Time } from '../../ui/Time';
import { useAction } from '../../ui/useAction';
import { useLoad } from '../../ui/useLoad';
import { ShownOnce } from './ShownOnce';

/**
 * Access keys of a user.
 *
 * @param user undefined for whoever is signed in
 */
export function AccessKeys({ user, title = 'Access keys' }: { user?: string; title?: string }) {
  const api = useApi();
  const keys = useLoad(`access keys ${user ?? ''}`, (signal) => listAccessKeys(api, user, signal));
  const [made, setMade] = useState<NewAccessKey>();
  const [deleting, setDeleting] = useState<string>();
  const create = useAction(async () => {
    setMade(await createAccessKey(api, user));
    keys.reload();
  });
  const change = useAction(async (key: AccessKey) => {
    await setAccessKeyStatus(api, user, key.id, key.status === 'Active' ? 'Inactive' : 'Active');
    keys.reload();
  });
  return (
    <Section
      title={title}
      actions={
        <button type="button" disabled={create.busy} onClick={() => void create.run()}>
          Create access key
        </button>
      }
    >
      <ErrorNote error={create.error} doing="Create access key" />
      <ErrorNote error={change.error} doing="Change access key" />
      <ErrorNote error={keys.error} doing="List access keys" />
      {keys.data === undefined && keys.error !== undefined ? null : (
        <Table
          label={title}
          columns={[
            { key: 'id', title: 'ID', show: (key) => <code className="breakable">{key.id}</code> },
            { key: 'status', title: 'Status', show: (key) => <Status value={key.status} /> },
            {
              key: 'created',
              title: 'Created',
              show: (key) => (key.createdAt === undefined ? '' : <Time at={key.createdAt} />),
              wideOnly: true,
            },
            {
              key: 'actions',
              title: '',
              numeric: true,
              show: (key) => (
                <>
                  <button type="button" className="plain" onClick={() => void change.run(key)} disabled={change.busy}>
                    {key.status === 'Active' ? 'Disable' : 'Enable'}
                  </button>
                  <button type="button" className="plain" onClick={() => setDeleting(key.id)} aria-label={`Delete ${key.id}`}>
                    Delete
                  </button>
                </>
              ),
            },
          ]}
          rows={keys.data}
          rowKey={(key) => key.id}
          empty="There are none."
        />
      )}
      {made === undefined ? null : (
        <Dialog title="New access key" onClose={() => setMade(undefined)}>
          <ShownOnce accessKey={made} onDone={() => setMade(undefined)} />
        </Dialog>
      )}
      {deleting === undefined ? null : (
        <ConfirmDelete
          kind="access key"
          name={deleting}
          warning="What signs with it is refused from now on."
          onDelete={() => deleteAccessKey(api, user, deleting)}
          onClose={(deleted) => {
            setDeleting(undefined);
            if (deleted) {
              keys.reload();
            }
          }}
        />
      )}
    </Section>
  );
}
