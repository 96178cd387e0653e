import type { Api } from './api';

/** Delivery streams, as DescribeDeliveryStream tells them. Times are in seconds since 1970. */
export interface DeliveryStream {
  readonly DeliveryStreamName: string;
  readonly DeliveryStreamARN: string;
  readonly DeliveryStreamStatus: string;
  readonly DeliveryStreamType: string;
  readonly CreateTimestamp?: number;
  readonly FailureDescription?: { readonly Type: string; readonly Details: string };
  readonly DeliveryStreamEncryptionConfiguration?: { readonly Status?: string; readonly KeyType?: string; readonly KeyARN?: string };
  readonly Source?: {
    readonly KinesisStreamSourceDescription?: { readonly KinesisStreamARN?: string; readonly RoleARN?: string };
    readonly MSKSourceDescription?: { readonly TopicName?: string; readonly MSKClusterARN?: string };
  };
  readonly Destinations: readonly Readonly<Record<string, unknown>>[];
}

/** What `GET /v1/delivery-streams/NAME/activity` answers. */
export interface DeliveryActivity {
  readonly status: string;
  readonly failing: boolean;
  readonly deliveredRecords: number;
  readonly deliveredBytes: number;
  readonly backedUpRecords: number;
  readonly rejectedRecords: number;
  readonly deliveries: readonly Delivery[];
  readonly failures: readonly DeliveryFailure[];
}

export interface Delivery {
  readonly at: string;
  readonly shard: string;
  readonly records: number;
  readonly bytes: number;
  readonly rejected: number;
  readonly tookMillis: number;
  readonly freshnessMillis: number;
}

export interface DeliveryFailure {
  readonly first: string;
  readonly last: string;
  readonly times: number;
  readonly shard?: string | null;
  readonly code: string;
  readonly message: string;
}

export async function listDeliveryStreams(api: Api, signal?: AbortSignal): Promise<string[]> {
  const all: string[] = [];
  let more = true;
  while (more) {
    const page: { DeliveryStreamNames: string[]; HasMoreDeliveryStreams: boolean } = await api.json(
      'firehose',
      'ListDeliveryStreams',
      { Limit: 1000, ...(all.length === 0 ? {} : { ExclusiveStartDeliveryStreamName: all.at(-1) }) },
      signal,
    );
    all.push(...page.DeliveryStreamNames);
    more = page.HasMoreDeliveryStreams && page.DeliveryStreamNames.length > 0;
  }
  return all;
}

export async function describeDeliveryStream(api: Api, name: string, signal?: AbortSignal): Promise<DeliveryStream> {
  const answer = await api.json<{ DeliveryStreamDescription: DeliveryStream }>(
    'firehose',
    'DescribeDeliveryStream',
    { DeliveryStreamName: name },
    signal,
  );
  return answer.DeliveryStreamDescription;
}

export function getDeliveryActivity(api: Api, name: string, signal?: AbortSignal): Promise<DeliveryActivity> {
  return api.rest('firehose', `/v1/delivery-streams/${encodeURIComponent(name)}/activity`, { signal });
}

/** A delivery stream to a bucket; to others, the AWS CLI makes them. */
export interface NewDeliveryStream {
  readonly name: string;
  /** The ARN of the Kinesis stream that is read; undefined for one that is put to directly. */
  readonly streamArn?: string | undefined;
  readonly role: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly sizeMiB: number;
  readonly seconds: number;
  readonly compression: string;
  /** Whether a line end comes behind each record. */
  readonly lines: boolean;
}

export function createDeliveryStream(api: Api, made: NewDeliveryStream): Promise<unknown> {
  return api.json('firehose', 'CreateDeliveryStream', {
    DeliveryStreamName: made.name,
    ...(made.streamArn === undefined
      ? { DeliveryStreamType: 'DirectPut' }
      : {
          DeliveryStreamType: 'KinesisStreamAsSource',
          KinesisStreamSourceConfiguration: { KinesisStreamARN: made.streamArn, RoleARN: made.role },
        }),
    ExtendedS3DestinationConfiguration: {
      RoleARN: made.role,
      BucketARN: `arn:aws:s3:::${made.bucket}`,
      ...(made.prefix === '' ? {} : { Prefix: made.prefix }),
      BufferingHints: { SizeInMBs: made.sizeMiB, IntervalInSeconds: made.seconds },
      CompressionFormat: made.compression,
      ...(made.lines
        ? { ProcessingConfiguration: { Enabled: true, Processors: [{ Type: 'AppendDelimiterToRecord' }] } }
        : {}),
    },
  });
}

export function deleteDeliveryStream(api: Api, name: string): Promise<unknown> {
  return api.json('firehose', 'DeleteDeliveryStream', { DeliveryStreamName: name });
}

/** Puts one record of text; the answer is its id. */
export async function putDeliveryRecord(api: Api, name: string, text: string): Promise<string> {
  const answer = await api.json<{ RecordId: string }>('firehose', 'PutRecord', {
    DeliveryStreamName: name,
    Record: { Data: base64(text) },
  });
  return answer.RecordId;
}

export function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}

const KINDS: Readonly<Record<string, string>> = {
  ExtendedS3DestinationDescription: 'S3',
  S3DestinationDescription: 'S3',
  RedshiftDestinationDescription: 'Redshift',
  ElasticsearchDestinationDescription: 'Elasticsearch',
  AmazonopensearchserviceDestinationDescription: 'OpenSearch',
  AmazonOpenSearchServerlessDestinationDescription: 'OpenSearch Serverless',
  SplunkDestinationDescription: 'Splunk',
  HttpEndpointDestinationDescription: 'HTTP endpoint',
  IcebergDestinationDescription: 'Iceberg',
};

export interface Destination {
  readonly kind: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What the destination is, and its settings. AWS tells of S3 twice, of which the extended form has all. */
export function destinationOf(stream: DeliveryStream): Destination | undefined {
  for (const destination of stream.Destinations) {
    for (const [name, kind] of Object.entries(KINDS)) {
      const settings = destination[name];
      if (typeof settings === 'object' && settings !== null) {
        return { kind, settings: settings as Record<string, unknown> };
      }
    }
  }
  return undefined;
}

/** The settings with names such as `BufferingHints.SizeInMBs`; what is empty is left out. */
export function flattened(value: unknown, name = ''): [name: string, value: string][] {
  if (value === null || value === undefined || value === '') {
    return [];
  }
  if (Array.isArray(value)) {
    return value.every((each) => typeof each !== 'object')
      ? value.length === 0 ? [] : [[name, value.join(', ')]]
      : value.flatMap((each, i) => flattened(each, `${name}[${i}]`));
  }
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([key, inner]) => flattened(inner, name === '' ? key : `${name}.${key}`));
  }
  return [[name, String(value)]];
}
