import type { ReactNode } from 'react';
import { Page } from '../../ui/Page';
import { Tabs } from '../../ui/Tabs';

/** What all lists of identities have in common. */
export function IdentitiesFrame({ actions, children }: { actions?: ReactNode; children: ReactNode }) {
  return (
    <Page title="Identities" actions={actions}>
      <Tabs
        label="Identities"
        tabs={[
          ['/identities', 'Users'],
          ['/identities/groups', 'Groups'],
          ['/identities/roles', 'Roles'],
          ['/identities/policies', 'Policies'],
          ['/identities/simulator', 'Simulator'],
        ]}
      />
      {children}
    </Page>
  );
}
