import { useState } from 'react';
import { Link } from 'wouter';
import { listSqlApplications, isSql, type ApplicationSummary } from '../../aws/analytics';
import { useApi } from '../../aws/api';
import { ErrorNote } from '../../ui/ErrorNote';
import { Page } from '../../ui/Page';
import { Status } from '../../ui/Status';
import { Table, type Column } from '../../ui/Table';
import { useLoad } from '../../ui/useLoad';
import { CreateApplication } from './CreateApplication';

const EVERY = 5_000;

const COLUMNS: Column<ApplicationSummary>[] = [
  {
    key: 'name',
    title: 'Name',
    sort: (each) => each.ApplicationName,
    show: (each) => (
      <Link href={`/sql/${encodeURIComponent(each.ApplicationName)}`} className="breakable">
        {each.ApplicationName}
      </Link>
    ),
  },
  {
    key: 'status',
    title: 'Status',
    sort: (each) => each.ApplicationStatus,
    show: (each) => <Status value={each.ApplicationStatus} />,
  },
  {
    key: 'runtime',
    title: 'Language',
    sort: (each) => each.RuntimeEnvironment,
    show: (each) => (isSql(each) ? 'SQL of Kinesis Analytics' : 'Flink SQL'),
    wideOnly: true,
  },
  {
    key: 'version',
    title: 'Version',
    numeric: true,
    sort: (each) => each.ApplicationVersionId,
    show: (each) => each.ApplicationVersionId,
    wideOnly: true,
  },
];

/** All applications of Kinesis Analytics. */
export default function SqlPage() {
  const api = useApi();
  const applications = useLoad('sql applications', (signal) => listSqlApplications(api, signal), EVERY);
  const [filter, setFilter] = useState('');
  const [isNew, setNew] = useState(false);
  return (
    <Page
      title="SQL applications"
      actions={
        <button type="button" className="primary" data-new onClick={() => setNew(true)}>
          Create application
        </button>
      }
    >
      <label className="field">
        <span className="hidden">Filter by name</span>
        <input
          type="search"
          data-filter
          placeholder="Filter by name ( / )"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      </label>
      <ErrorNote error={applications.error} doing="List applications" />
      <p />
      {applications.data === undefined && applications.error !== undefined ? null : (
        <Table
          label="SQL applications"
          columns={COLUMNS}
          rows={applications.data?.filter((each) => each.ApplicationName.toLowerCase().includes(filter.toLowerCase()))}
          rowKey={(each) => each.ApplicationName}
          empty={filter === '' ? 'There are no applications yet.' : 'No application has such a name.'}
        />
      )}
      {isNew ? (
        <CreateApplication
          onClose={(created) => {
            setNew(false);
            if (created) {
              applications.reload();
            }
          }}
        />
      ) : null}
    </Page>
  );
}
