import { useState } from 'react';
import { Link } from 'wouter';
import { useApi } from '../../aws/api';
import { deleteEntity, listEntities, type Entity, type EntityKind } from '../../aws/iam';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { NamedTable } from '../../ui/NamedTable';
import type { Column } from '../../ui/Table';
import { Time } from '../../ui/Time';
import { useLoad } from '../../ui/useLoad';
import { CreateEntity } from './CreateEntity';
import { IdentitiesFrame } from './IdentitiesFrame';

export const WARNINGS: Readonly<Record<EntityKind, string>> = {
  user: 'Its password, its access keys, its own policies and its memberships go with it. Sessions that it has end.',
  group: 'Its policies go with it, and its members lose what those allow.',
  role: 'Its policies go with it. What works as this role stops.',
};

export function UsersPage() {
  return <Entities kind="user" />;
}

export function GroupsPage() {
  return <Entities kind="group" />;
}

export function RolesPage() {
  return <Entities kind="role" />;
}

export default UsersPage;

/** All users, groups or roles. */
function Entities({ kind }: { kind: EntityKind }) {
  const api = useApi();
  const entities = useLoad(`iam ${kind}s`, (signal) => listEntities(api, kind, signal));
  const [isNew, setNew] = useState(false);
  const [deleting, setDeleting] = useState<string>();
  const columns: Column<Entity>[] = [
    {
      key: 'name',
      title: 'Name',
      sort: (each) => each.name,
      show: (each) => (
        <Link href={`/identities/${kind}s/${encodeURIComponent(each.name)}`} className="breakable">
          {each.name}
        </Link>
      ),
    },
    { key: 'path', title: 'Path', sort: (each) => each.path, show: (each) => each.path, wideOnly: true },
    {
      key: 'created',
      title: 'Created',
      sort: (each) => each.createdAt ?? '',
      show: (each) => (each.createdAt === undefined ? '' : <Time at={each.createdAt} />),
      wideOnly: true,
    },
    {
      key: 'actions',
      title: '',
      numeric: true,
      show: (each) => (
        <button type="button" className="plain" onClick={() => setDeleting(each.name)} aria-label={`Delete ${each.name}`}>
          Delete
        </button>
      ),
    },
  ];
  return (
    <IdentitiesFrame
      actions={
        <button type="button" className="primary" data-new onClick={() => setNew(true)}>
          Create {kind}
        </button>
      }
    >
      <NamedTable
        label={`${kind}s`}
        doing={`List ${kind}s`}
        loaded={entities}
        columns={columns}
        nameOf={(each) => each.name}
        none={`There are no ${kind}s yet.`}
        noneSuch={`No ${kind} has such a name.`}
      />
      {isNew ? (
        <CreateEntity
          kind={kind}
          onClose={(created) => {
            setNew(false);
            if (created) {
              entities.reload();
            }
          }}
        />
      ) : null}
      {deleting === undefined ? null : (
        <ConfirmDelete
          kind={kind}
          name={deleting}
          warning={WARNINGS[kind]}
          onDelete={() => deleteEntity(api, kind, deleting)}
          onClose={(deleted) => {
            setDeleting(undefined);
            if (deleted) {
              entities.reload();
            }
          }}
        />
      )}
    </IdentitiesFrame>
  );
}
