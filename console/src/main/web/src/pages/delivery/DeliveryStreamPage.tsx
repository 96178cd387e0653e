import { useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { useApi } from '../../aws/api';
import {
  deleteDeliveryStream,
  describeDeliveryStream,
  destinationOf,
  flattened,
  getDeliveryActivity,
  type DeliveryActivity,
  type DeliveryStream,
} from '../../aws/firehose';
import { ConfirmDelete } from '../../ui/ConfirmDelete';
import { ErrorNote } from '../../ui/ErrorNote';
import { bytes, duration, number, ofSeconds } from '../../ui/format';
import { Facts, Page, Section } from '../../ui/Page';
import { Status } from '../../ui/Status';
import { Table } from '../../ui/Table';
import { Time } from '../../ui/Time';
import { useLoad } from '../../ui/useLoad';
import { Freshness } from './Freshness';
import { PutDeliveryRecord } from './PutDeliveryRecord';

const EVERY = 2_000;

/** One delivery stream: what it is, what it delivered last, and what failed. */
export default function DeliveryStreamPage() {
  const api = useApi();
  const [, navigate] = useLocation();
  const { name = '' } = useParams<{ name: string }>();
  const stream = useLoad(`delivery stream ${name}`, (signal) => describeDeliveryStream(api, name, signal), EVERY);
  const activity = useLoad(`delivery activity ${name}`, (signal) => getDeliveryActivity(api, name, signal), EVERY);
  const [isDeleting, setDeleting] = useState(false);
  return (
    <>
      <p className="crumbs small">
        <Link href="/delivery-streams">Delivery streams</Link> /
      </p>
      <Page
        title={name}
        actions={
          <button type="button" className="danger" onClick={() => setDeleting(true)}>
            Delete
          </button>
        }
      >
        <ErrorNote error={stream.error} doing="Describe delivery stream" />
        {stream.data === undefined ? null : <Summary stream={stream.data} />}
        {stream.data?.FailureDescription === undefined ? null : (
          <div className="note note-bad" role="alert">
            <p className="breakable">{stream.data.FailureDescription.Details}</p>
            <p className="small">{stream.data.FailureDescription.Type}</p>
          </div>
        )}
        <ErrorNote error={activity.error} doing="Look at deliveries" />
        {activity.data === undefined ? null : <Activity activity={activity.data} />}
        {stream.data?.DeliveryStreamType === 'DirectPut' ? <PutDeliveryRecord stream={name} /> : null}
        {stream.data === undefined ? null : <Settings stream={stream.data} />}
      </Page>
      {isDeleting ? (
        <ConfirmDelete
          kind="delivery stream"
          name={name}
          warning="Records that it has taken and not delivered yet are lost. What it delivered stays."
          onDelete={() => deleteDeliveryStream(api, name)}
          onClose={(deleted) => {
            setDeleting(false);
            if (deleted) {
              navigate('/delivery-streams');
            }
          }}
        />
      ) : null}
    </>
  );
}

function Summary({ stream }: { stream: DeliveryStream }) {
  const encryption = stream.DeliveryStreamEncryptionConfiguration;
  return (
    <Facts
      facts={[
        ['Status', <Status key="status" value={stream.DeliveryStreamStatus} />],
        ['Source', <Source key="source" stream={stream} />],
        ['Destination', destinationOf(stream)?.kind ?? 'unknown'],
        ['Encryption', encryption?.Status === 'ENABLED' ? (encryption.KeyARN ?? encryption.KeyType ?? 'KMS') : 'none'],
        ...(stream.CreateTimestamp === undefined ? [] : [['Created', ofSeconds(stream.CreateTimestamp)] as const]),
        ['ARN', <code key="arn" className="breakable">{stream.DeliveryStreamARN}</code>],
      ]}
    />
  );
}

function Source({ stream: { Source: source } }: { stream: DeliveryStream }) {
  const arn = source?.KinesisStreamSourceDescription?.KinesisStreamARN;
  if (arn !== undefined) {
    const name = arn.slice(arn.indexOf('/') + 1);
    return <Link href={`/streams/${encodeURIComponent(name)}`}>{name}</Link>;
  }
  const topic = source?.MSKSourceDescription?.TopicName;
  return <>{topic === undefined ? 'Direct PUT' : `Kafka topic ${topic}`}</>;
}

function Activity({ activity }: { activity: DeliveryActivity }) {
  return (
    <>
      <Section title="Deliveries">
        <Facts
          facts={[
            ['Now', activity.failing ? <Status key="now" value="FAILED" /> : 'delivers'],
            ['Delivered', `${number(activity.deliveredRecords)} records, ${bytes(activity.deliveredBytes)}`],
            ['Not taken by the destination', `${number(activity.rejectedRecords)} records`],
            ['Backed up', `${number(activity.backedUpRecords)} records`],
          ]}
        />
        <p className="small quiet">Since the process that is asked began.</p>
        <Freshness deliveries={activity.deliveries} />
        <p />
        <Table
          label="Last deliveries"
          columns={[
            { key: 'at', title: 'At', show: (each) => <Time at={each.at} /> },
            { key: 'records', title: 'Records', numeric: true, sort: (each) => each.records, show: (each) => number(each.records) },
            { key: 'bytes', title: 'Size', numeric: true, sort: (each) => each.bytes, show: (each) => bytes(each.bytes) },
            {
              key: 'fresh',
              title: 'Oldest record',
              numeric: true,
              sort: (each) => each.freshnessMillis,
              show: (each) => duration(each.freshnessMillis),
            },
            { key: 'took', title: 'Took', numeric: true, sort: (each) => each.tookMillis, show: (each) => duration(each.tookMillis), wideOnly: true },
            { key: 'rejected', title: 'Rejected', numeric: true, show: (each) => number(each.rejected), wideOnly: true },
            { key: 'shard', title: 'Shard', show: (each) => <code>{each.shard}</code>, wideOnly: true },
          ]}
          rows={activity.deliveries}
          rowKey={(each) => `${each.at} ${each.shard} ${each.bytes} ${each.tookMillis}`}
          empty="Nothing has been delivered since the process began."
        />
      </Section>
      <Section title="Last errors">
        <Table
          label="Last errors"
          columns={[
            { key: 'last', title: 'Last', show: (each) => <Time at={each.last} /> },
            { key: 'times', title: 'Times', numeric: true, show: (each) => number(each.times) },
            { key: 'code', title: 'Code', show: (each) => <code className="breakable">{each.code}</code>, wideOnly: true },
            { key: 'message', title: 'What went wrong', show: (each) => <span className="breakable">{each.message}</span> },
          ]}
          rows={activity.failures}
          rowKey={(each) => `${each.first} ${each.shard ?? ''} ${each.code} ${each.message}`}
          empty="Nothing went wrong."
        />
      </Section>
    </>
  );
}

function Settings({ stream }: { stream: DeliveryStream }) {
  const destination = destinationOf(stream);
  return destination === undefined ? null : (
    <Section title={`Settings of ${destination.kind}`}>
      <Table
        label="Settings"
        columns={[
          { key: 'name', title: 'Name', show: ([name]) => <code className="breakable">{name}</code> },
          { key: 'value', title: 'Value', show: ([, value]) => <span className="breakable">{value}</span> },
        ]}
        rows={flattened(destination.settings)}
        rowKey={([name]) => name}
        empty="There are none."
      />
    </Section>
  );
}
