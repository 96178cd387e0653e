import { useState } from 'react';
import { Link } from 'wouter';
import { listSqlApplications, isSql, type ApplicationSummary } from '../../aws/analytics';
import { useApi } from '../../aws/api';
import { NamedTable } from '../../ui/NamedTable';
import { Page } from '../../ui/Page';
import { Status } from '../../ui/Status';
import type { Column } from '../../ui/Table';
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
      <NamedTable
        label="SQL applications"
        doing="List applications"
        loaded={applications}
        columns={COLUMNS}
        nameOf={(each) => each.ApplicationName}
        none="There are no applications yet."
        noneSuch="No application has such a name."
      />
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
