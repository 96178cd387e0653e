import { lazy, type ComponentType } from 'react';
import type { IconName } from '../ui/Icon';

/** A page of the console. */
export interface PageEntry {
  /** Its path within the console; parts such as `:name` are given to the component by `useParams()` of wouter. */
  readonly path: string;
  readonly page: ComponentType;
  /** Where it is in the navigation; absent for pages that others lead to. */
  readonly nav?: { readonly title: string; readonly icon: IconName; readonly key: string };
}

/** All pages, in the order of the navigation. To add one, add it here. Each is loaded when it is first shown. */
export const PAGES: readonly PageEntry[] = [
  {
    path: '/streams',
    page: lazy(() => import('../pages/streams/StreamsPage')),
    nav: { title: 'Streams', icon: 'streams', key: 's' },
  },
  { path: '/streams/:name', page: lazy(() => import('../pages/stream/ShardsPage')) },
  { path: '/streams/:name/records', page: lazy(() => import('../pages/stream/RecordsPage')) },
  { path: '/streams/:name/readers', page: lazy(() => import('../pages/stream/ReadersPage')) },
  {
    path: '/applications',
    page: lazy(() => import('../pages/applications/ApplicationsPage')),
    nav: { title: 'Consumers', icon: 'applications', key: 'c' },
  },
  {
    path: '/delivery-streams',
    page: lazy(() => import('../pages/delivery/DeliveryStreamsPage')),
    nav: { title: 'Delivery streams', icon: 'delivery', key: 'd' },
  },
  { path: '/delivery-streams/:name', page: lazy(() => import('../pages/delivery/DeliveryStreamPage')) },
  {
    path: '/sql',
    page: lazy(() => import('../pages/sql/SqlPage')),
    nav: { title: 'SQL applications', icon: 'sql', key: 'a' },
  },
  { path: '/sql/:name', page: lazy(() => import('../pages/sql/CodePage')) },
  { path: '/sql/:name/rows', page: lazy(() => import('../pages/sql/RowsPage')) },
  { path: '/sql/:name/job', page: lazy(() => import('../pages/sql/JobPage')) },
  {
    path: '/identities',
    page: lazy(() => import('../pages/identities/EntitiesPage')),
    nav: { title: 'Identities', icon: 'identities', key: 'i' },
  },
  { path: '/identities/groups', page: lazy(() => import('../pages/identities/GroupsPage')) },
  { path: '/identities/roles', page: lazy(() => import('../pages/identities/RolesPage')) },
  { path: '/identities/policies', page: lazy(() => import('../pages/identities/PoliciesPage')) },
  { path: '/identities/simulator', page: lazy(() => import('../pages/identities/SimulatorPage')) },
  { path: '/identities/policies/:arn', page: lazy(() => import('../pages/identities/PolicyPage')) },
  { path: '/identities/:kind/:name', page: lazy(() => import('../pages/identities/EntityPage')) },
  {
    path: '/keys',
    page: lazy(() => import('../pages/keys/KeysPage')),
    nav: { title: 'Keys', icon: 'keys', key: 'k' },
  },
  { path: '/keys/:id', page: lazy(() => import('../pages/keys/KeyPage')) },
  {
    path: '/usage',
    page: lazy(() => import('../pages/usage/UsagePage')),
    nav: { title: 'Usage', icon: 'usage', key: 'u' },
  },
  { path: '/usage/prices', page: lazy(() => import('../pages/usage/PricesPage')) },
];
