import { useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { useApi } from '../../aws/api';
import { deleteEntity, getEntity, setOut, updateTrust, type Entity, type EntityKind } from '../../aws/iam';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { ErrorNote } from '../../ui/ErrorNote';
import { Facts, Page, Section } from '../../ui/Page';
import { Time } from '../../ui/Time';
import { useLoad } from '../../ui/useLoad';
import { AccessKeys } from './AccessKeys';
import { WARNINGS } from './EntitiesPage';
import { EntityPolicies } from './EntityPolicies';
import { Memberships } from './Memberships';
import { Password } from './Password';
import { PolicyEditor } from './PolicyEditor';

const KINDS: Readonly<Record<string, EntityKind>> = { users: 'user', groups: 'group', roles: 'role' };

/** A user, a group or a role: its policies, and what else it has. */
export default function EntityPage() {
  const api = useApi();
  const [, navigate] = useLocation();
  const { kind: kinds = '', name = '' } = useParams<{ kind: string; name: string }>();
  const kind = KINDS[kinds] ?? 'user';
  const entity = useLoad(`${kind} ${name}`, (signal) => getEntity(api, kind, name, signal));
  const [isDeleting, setDeleting] = useState(false);
  const list = kind === 'user' ? '/identities' : `/identities/${kind}s`;
  return (
    <>
      <p className="crumbs small">
        <Link href={list}>Identities</Link> / {kind}
      </p>
      <Page
        title={name}
        actions={
          <>
            {entity.data === undefined ? null : (
              <Link className="button" href={`/identities/simulator?principal=${encodeURIComponent(entity.data.arn)}`}>
                What may it do?
              </Link>
            )}
            <button type="button" className="danger" onClick={() => setDeleting(true)}>
              Delete
            </button>
          </>
        }
      >
        <ErrorNote error={entity.error} doing={`Describe ${kind}`} />
        {entity.data === undefined ? null : <Summary entity={entity.data} />}
        <EntityPolicies kind={kind} name={name} />
        {kind === 'role' ? null : <Memberships kind={kind} name={name} />}
        {kind === 'user' ? (
          <>
            <Password user={name} />
            <AccessKeys user={name} />
          </>
        ) : null}
        {kind === 'role' && entity.data !== undefined ? <Trust role={entity.data} onSaved={entity.reload} /> : null}
      </Page>
      {isDeleting ? (
        <ConfirmDelete
          kind={kind}
          name={name}
          warning={WARNINGS[kind]}
          onDelete={() => deleteEntity(api, kind, name)}
          onClose={(deleted) => {
            setDeleting(false);
            if (deleted) {
              navigate(list);
            }
          }}
        />
      ) : null}
    </>
  );
}

function Summary({ entity }: { entity: Entity }) {
  return (
    <Facts
      facts={[
        ['ARN', <code key="arn" className="breakable">{entity.arn}</code>],
        ...(entity.createdAt === undefined ? [] : [['Created', <Time key="created" at={entity.createdAt} />] as const]),
        ...(entity.boundary === undefined
          ? []
          : [['Permissions boundary', <code key="boundary" className="breakable">{entity.boundary}</code>] as const]),
      ]}
    />
  );
}

function Trust({ role, onSaved }: { role: Entity; onSaved: () => void }) {
  const api = useApi();
  return (
    <Section title="Whom it trusts">
      <PolicyEditor
        label="Trust policy"
        document={setOut(role.trust)}
        onSave={async (document) => {
          await updateTrust(api, role.name, document);
          onSaved();
        }}
      />
    </Section>
  );
}
