import { useState } from 'react';
import { Link } from 'wouter';
import { useApi } from '../../aws/api';
import { createPolicy, deletePolicy, listPolicies, type ManagedPolicy } from '../../aws/iam';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { Dialog } from '../../ui/Dialog';
import { NamedTable } from '../../ui/NamedTable';
import type { Column } from '../../ui/Table';
import { useLoad } from '../../ui/useLoad';
import { IdentitiesFrame } from './IdentitiesFrame';
import { PolicyEditor } from './PolicyEditor';

const EXAMPLE = `{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Action": ["kinesis:PutRecord", "kinesis:PutRecords"], "Resource": "*"}
  ]
}`;

/** Managed policies: those of the account, and AWS's. */
export default function PoliciesPage() {
  const api = useApi();
  const policies = useLoad('managed policies', (signal) => listPolicies(api, signal));
  const [isNew, setNew] = useState(false);
  const [name, setName] = useState('');
  const [deleting, setDeleting] = useState<ManagedPolicy>();
  const columns: Column<ManagedPolicy>[] = [
    {
      key: 'name',
      title: 'Name',
      sort: (each) => each.name,
      show: (each) => (
        <Link href={`/identities/policies/${encodeURIComponent(each.arn)}`} className="breakable">
          {each.name}
        </Link>
      ),
    },
    { key: 'owner', title: 'Of', sort: (each) => (each.isAws ? 'AWS' : ''), show: (each) => (each.isAws ? 'AWS' : 'this account') },
    { key: 'used', title: 'Attached to', numeric: true, sort: (each) => each.attachments, show: (each) => each.attachments },
    {
      key: 'actions',
      title: '',
      numeric: true,
      show: (each) =>
        each.isAws ? null : (
          <button type="button" className="plain" onClick={() => setDeleting(each)} aria-label={`Delete ${each.name}`}>
            Delete
          </button>
        ),
    },
  ];
  return (
    <IdentitiesFrame
      actions={
        <button type="button" className="primary" data-new onClick={() => setNew(true)}>
          Create policy
        </button>
      }
    >
      <NamedTable
        label="Policies"
        doing="List policies"
        loaded={policies}
        columns={columns}
        nameOf={(each) => each.name}
        rowKey={(each) => each.arn}
        none="No policy has such a name."
        noneSuch="No policy has such a name."
      />
      {isNew ? (
        <Dialog title="Create policy" onClose={() => setNew(false)}>
          <div className="form">
            <label className="field">
              <span>Name</span>
              <input value={name} onChange={(event) => setName(event.target.value)} autoComplete="off" spellCheck={false} autoFocus />
            </label>
            <PolicyEditor
              label="New policy"
              document=""
              initial={EXAMPLE}
              onSave={async (document) => {
                await createPolicy(api, name, document);
                setNew(false);
                setName('');
                policies.reload();
              }}
              onCancel={() => setNew(false)}
            />
          </div>
        </Dialog>
      ) : null}
      {deleting === undefined ? null : (
        <ConfirmDelete
          kind="policy"
          name={deleting.name}
          warning="It can be deleted only where it is attached to nothing."
          onDelete={() => deletePolicy(api, deleting.arn)}
          onClose={(deleted) => {
            setDeleting(undefined);
            if (deleted) {
              policies.reload();
            }
          }}
        />
      )}
    </IdentitiesFrame>
  );
}
