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
];
