import { useState } from 'react';
import { Link } from 'wouter';
import { useApi } from '../../aws/api';
import { addToGroup, groupsOf, listEntities, membersOfGroup, removeFromGroup } from '../../aws/iam';
import { ErrorNote } from '../../ui/ErrorNote';
import { Section } from '../../ui/Page';
import { Suggested } from '../../ui/Suggested';
import { Table } from '../../ui/Table';
import { useAction } from '../../ui/useAction';
import { useLoad } from '../../ui/useLoad';

/** The groups of a user, or the users of a group. */
export function Memberships({ kind, name }: { kind: 'user' | 'group'; name: string }) {
  const api = useApi();
  const other = kind === 'user' ? 'group' : 'user';
  const others = useLoad(`members ${kind} ${name}`, (signal) =>
    kind === 'user' ? groupsOf(api, name, signal) : membersOfGroup(api, name, signal),
  );
  const all = useLoad(`${other}s to choose`, async (signal) => (await listEntities(api, other, signal)).map((each) => each.name));
  const [wanted, setWanted] = useState('');
  const add = useAction(async () => {
    await (kind === 'user' ? addToGroup(api, wanted, name) : addToGroup(api, name, wanted));
    setWanted('');
    others.reload();
  });
  const remove = useAction(async (chosen: string) => {
    await (kind === 'user' ? removeFromGroup(api, chosen, name) : removeFromGroup(api, name, chosen));
    others.reload();
  });
  const title = kind === 'user' ? 'Groups' : 'Members';
  return (
    <Section title={title}>
      <ErrorNote error={others.error} doing={`List ${title.toLowerCase()}`} />
      <Table
        label={title}
        columns={[
          {
            key: 'name',
            title: other === 'group' ? 'Group' : 'User',
            show: (each) => (
              <Link href={`/identities/${other}s/${encodeURIComponent(each)}`} className="breakable">
                {each}
              </Link>
            ),
          },
          {
            key: 'actions',
            title: '',
            numeric: true,
            show: (each) => (
              <button type="button" className="plain" onClick={() => void remove.run(each)} aria-label={`Remove ${each}`}>
                Remove
              </button>
            ),
          },
        ]}
        rows={others.data}
        rowKey={(each) => each}
        empty={kind === 'user' ? 'It is in no group.' : 'It has no members.'}
      />
      <ErrorNote error={remove.error} doing="Remove from group" />
      <form
        className="row"
        onSubmit={(event) => {
          event.preventDefault();
          void add.run();
        }}
      >
        <Suggested
          label={other === 'group' ? 'Group to join' : 'User to add'}
          value={wanted}
          onChange={setWanted}
          suggestions={all.data}
          required
        />
        <button type="submit" disabled={add.busy}>
          Add
        </button>
      </form>
      <ErrorNote error={add.error} doing="Add to group" />
    </Section>
  );
}
