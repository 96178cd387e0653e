import { useState } from 'react';
import { useApi } from '../../aws/api';
import { listApplications } from '../../aws/applications';
import { ErrorNote } from '../../ui/ErrorNote';
import { NameFilter, passes } from '../../ui/NameFilter';
import { Page } from '../../ui/Page';
import { useLoad } from '../../ui/useLoad';
import { ApplicationLeases } from './ApplicationLeases';

const EVERY = 5_000;

/** All applications that read streams, with their leases and how far behind they are. */
export default function ApplicationsPage() {
  const api = useApi();
  const [filter, setFilter] = useState('');
  const applications = useLoad('applications', (signal) => listApplications(api, undefined, signal), EVERY);
  const shown = applications.data?.filter((each) => passes(each.name, filter));
  return (
    <Page title="Consumers">
      <NameFilter value={filter} onChange={setFilter} />
      <ErrorNote error={applications.error} doing="List applications" />
      {applications.data === undefined && applications.error === undefined ? <p className="quiet">Loading …</p> : null}
      {shown?.length === 0 ? (
        <p className="quiet">
          {filter === '' ? 'Nobody has read a stream with leases yet.' : 'No application has such a name.'}
        </p>
      ) : null}
      {shown?.map((application) => (
        <ApplicationLeases key={`${application.kind} ${application.name}`} application={application} />
      ))}
    </Page>
  );
}
