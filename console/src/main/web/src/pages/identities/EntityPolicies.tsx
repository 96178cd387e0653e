import { useState } from 'react';
import { Link } from 'wouter';
import { useApi } from '../../aws/api';
import {
  attachedPolicies,
  attachPolicy,
  deleteInlinePolicy,
  detachPolicy,
  inlineDocument,
  inlinePolicies,
  listPolicies,
  putInlinePolicy,
  setOut,
  type EntityKind,
} from '../../aws/iam';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { ErrorNote } from '../../ui/ErrorNote';
import { Section } from '../../ui/Page';
import { Suggested } from '../../ui/Suggested';
import { Table } from '../../ui/Table';
import { useAction } from '../../ui/useAction';
import { useLoad } from '../../ui/useLoad';
import { PolicyEditor } from './PolicyEditor';

const EXAMPLE = `{
  "Version": "2012-10-17",
  "Statement": [
    {"Effect": "Allow", "Action": "kinesis:Describe*", "Resource": "*"}
  ]
}`;

interface Props {
  readonly kind: EntityKind;
  readonly name: string;
}

/** Policies of a user, group or role: those that are attached to it, and its own. */
export function EntityPolicies({ kind, name }: Props) {
  return (
    <div className="columns">
      <Attached kind={kind} name={name} />
      <Inline kind={kind} name={name} />
    </div>
  );
}

function Attached({ kind, name }: Props) {
  const api = useApi();
  const attached = useLoad(`attached ${kind} ${name}`, (signal) => attachedPolicies(api, kind, name, signal));
  const all = useLoad('policies to attach', (signal) => listPolicies(api, signal));
  const [wanted, setWanted] = useState('');
  const attach = useAction(async () => {
    // Whoever may not list policies gives the ARN.
    await attachPolicy(api, kind, name, all.data?.find((each) => each.name === wanted)?.arn ?? wanted);
    setWanted('');
    attached.reload();
  });
  const detach = useAction(async (arn: string) => {
    await detachPolicy(api, kind, name, arn);
    attached.reload();
  });
  return (
    <Section title="Attached policies">
      <ErrorNote error={attached.error} doing="List attached policies" />
      <Table
        label="Attached policies"
        columns={[
          {
            key: 'name',
            title: 'Policy',
            show: (each) => (
              <Link href={`/identities/policies/${encodeURIComponent(each.arn)}`} className="breakable">
                {each.name}
              </Link>
            ),
          },
          {
            key: 'actions',
            title: '',
            numeric: true,
            show: (each) => (
              <button type="button" className="plain" onClick={() => void detach.run(each.arn)} aria-label={`Detach ${each.name}`}>
                Detach
              </button>
            ),
          },
        ]}
        rows={attached.data}
        rowKey={(each) => each.arn}
        empty="None is attached."
      />
      <ErrorNote error={detach.error} doing="Detach policy" />
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          void attach.run();
        }}
      >
        <Suggested
          label="Policy to attach"
          value={wanted}
          onChange={setWanted}
          suggestions={all.data?.map((each) => each.name)}
          required
        />
        <button type="submit" disabled={attach.busy}>
          Attach
        </button>
      </form>
      <ErrorNote error={attach.error} doing="Attach policy" />
    </Section>
  );
}

function Inline({ kind, name }: Props) {
  const api = useApi();
  const policies = useLoad(`inline ${kind} ${name}`, (signal) => inlinePolicies(api, kind, name, signal));
  const [editing, setEditing] = useState<string>();
  const [isNew, setNew] = useState(false);
  const [newName, setNewName] = useState('');
  const [deleting, setDeleting] = useState<string>();
  return (
    <Section
      title="Own policies"
      actions={
        isNew ? null : (
          <button type="button" onClick={() => setNew(true)}>
            Write a policy
          </button>
        )
      }
    >
      <ErrorNote error={policies.error} doing="List policies" />
      <Table
        label="Own policies"
        columns={[
          { key: 'name', title: 'Policy', show: (policy) => <span className="breakable">{policy}</span> },
          {
            key: 'actions',
            title: '',
            numeric: true,
            show: (policy) => (
              <>
                <button type="button" className="plain" onClick={() => setEditing(policy)} aria-label={`Edit ${policy}`}>
                  Edit
                </button>
                <button type="button" className="plain" onClick={() => setDeleting(policy)} aria-label={`Delete policy ${policy}`}>
                  Delete
                </button>
              </>
            ),
          },
        ]}
        rows={policies.data}
        rowKey={(policy) => policy}
        empty="It has none."
      />
      {isNew ? (
        <div className="form">
          <label className="field">
            <span>Name of the policy</span>
            <input value={newName} onChange={(event) => setNewName(event.target.value)} autoComplete="off" spellCheck={false} />
          </label>
          <PolicyEditor
            key="new"
            label="New policy"
            document=""
            initial={EXAMPLE}
            onSave={async (document) => {
              await putInlinePolicy(api, kind, name, newName, document);
              setNew(false);
              setNewName('');
              policies.reload();
            }}
            onCancel={() => setNew(false)}
          />
        </div>
      ) : null}
      {editing === undefined ? null : <Edit key={editing} kind={kind} name={name} policy={editing} onClose={() => setEditing(undefined)} />}
      {deleting === undefined ? null : (
        <ConfirmDelete
          kind="policy"
          name={deleting}
          warning="What it allows is allowed no more, and what it denies is denied no more."
          onDelete={() => deleteInlinePolicy(api, kind, name, deleting)}
          onClose={(deleted) => {
            setDeleting(undefined);
            if (deleted) {
              setEditing(undefined);
              policies.reload();
            }
          }}
        />
      )}
    </Section>
  );
}

function Edit({ kind, name, policy, onClose }: Props & { policy: string; onClose: () => void }) {
  const api = useApi();
  const document = useLoad(`document ${kind} ${name} ${policy}`, (signal) => inlineDocument(api, kind, name, policy, signal));
  return (
    <>
      <h3>{policy}</h3>
      <ErrorNote error={document.error} doing="Read policy" />
      {document.data === undefined ? null : (
        <PolicyEditor
          label={`Policy ${policy}`}
          document={setOut(document.data)}
          onSave={async (changed) => {
            await putInlinePolicy(api, kind, name, policy, changed);
            document.reload();
          }}
          onCancel={onClose}
        />
      )}
    </>
  );
}
