import { useApi } from '../../aws/api';
import { listApplications } from '../../aws/applications';
import { ErrorNote } from '../../ui/ErrorNote';
import { Section } from '../../ui/Page';
import { Status } from '../../ui/Status';
import { Table, type Column } from '../../ui/Table';
import { ofSeconds } from '../../ui/format';
import { useLoad } from '../../ui/useLoad';
import { ApplicationLeases } from '../applications/ApplicationLeases';
import { StreamFrame } from './StreamFrame';

const EVERY = 5_000;

interface Consumer {
  readonly ConsumerName: string;
  readonly ConsumerARN: string;
  readonly ConsumerStatus: string;
  readonly ConsumerCreationTimestamp: number;
}

const COLUMNS: Column<Consumer>[] = [
  { key: 'name', title: 'Name', sort: (each) => each.ConsumerName, show: (each) => each.ConsumerName },
  { key: 'status', title: 'Status', show: (each) => <Status value={each.ConsumerStatus} /> },
  { key: 'created', title: 'Registered', show: (each) => ofSeconds(each.ConsumerCreationTimestamp), wideOnly: true },
];

/** Who reads a stream: applications by their leases, and consumers of enhanced fan-out. */
export default function ReadersPage() {
  return <StreamFrame>{(name, summary) => <Readers name={name} arn={summary?.arn} />}</StreamFrame>;
}

function Readers({ name, arn }: { name: string; arn: string | undefined }) {
  const api = useApi();
  const applications = useLoad(`applications ${name}`, (signal) => listApplications(api, name, signal), EVERY);
  const consumers = useLoad(
    arn === undefined ? undefined : `consumers ${arn}`,
    async (signal) => {
      const all: Consumer[] = [];
      let token: string | undefined;
      do {
        const page: { Consumers: Consumer[]; NextToken?: string } = await api.json(
          'kinesis',
          'ListStreamConsumers',
          token === undefined ? { StreamARN: arn } : { StreamARN: arn, NextToken: token },
          signal,
        );
        all.push(...page.Consumers);
        token = page.NextToken;
      } while (token !== undefined);
      return all;
    },
    EVERY,
  );
  return (
    <>
      <Section title="Applications">
        <ErrorNote error={applications.error} doing="List applications" />
        {applications.data?.length === 0 ? (
          <p className="quiet">No application of the Kinesis Client Library, of Firehose or Analytics has read it.</p>
        ) : null}
        {applications.data?.map((application) => (
          <ApplicationLeases key={`${application.kind} ${application.name}`} application={application} stream={name} />
        ))}
      </Section>
      <Section title="Consumers of enhanced fan-out">
        <ErrorNote error={consumers.error} doing="List consumers" />
        <Table
          label="Consumers of enhanced fan-out"
          columns={COLUMNS}
          rows={consumers.data}
          rowKey={(each) => each.ConsumerARN}
          empty="None is registered."
        />
      </Section>
    </>
  );
}
