import type { Api } from './api';
import { AwsError } from './error';
import { follow } from './events';

/** Applications of Kinesis Analytics, by the API of 2018. Times are in seconds since 1970. */
export interface ApplicationSummary {
  readonly ApplicationName: string;
  readonly ApplicationStatus: string;
  readonly ApplicationVersionId: number;
  readonly RuntimeEnvironment: string;
}

export interface ApplicationDetail extends ApplicationSummary {
  readonly ApplicationARN: string;
  readonly ServiceExecutionRole?: string;
  readonly CreateTimestamp: number;
  readonly LastUpdateTimestamp?: number;
  readonly ApplicationConfigurationDescription?: {
    readonly ApplicationCodeConfigurationDescription?: { readonly CodeContentDescription?: { readonly TextContent?: string } };
    readonly SqlApplicationConfigurationDescription?: {
      readonly InputDescriptions?: readonly InputDescription[];
      readonly OutputDescriptions?: readonly OutputDescription[];
      readonly ReferenceDataSourceDescriptions?: readonly { readonly TableName: string }[];
    };
    readonly FlinkApplicationConfigurationDescription?: {
      readonly ParallelismConfigurationDescription?: { readonly CurrentParallelism?: number };
    };
  };
}

export interface InputDescription {
  readonly InputId: string;
  readonly NamePrefix: string;
  readonly InAppStreamNames?: readonly string[];
  readonly KinesisStreamsInputDescription?: { readonly ResourceARN: string };
  readonly InputSchema?: { readonly RecordColumns?: readonly { readonly Name: string; readonly SqlType: string }[] };
}

export interface OutputDescription {
  readonly OutputId: string;
  readonly Name: string;
  readonly KinesisStreamsOutputDescription?: { readonly ResourceARN: string };
  readonly KinesisFirehoseOutputDescription?: { readonly ResourceARN: string };
  readonly LambdaOutputDescription?: { readonly ResourceARN: string };
}

export interface Snapshot {
  readonly SnapshotName: string;
  readonly SnapshotStatus: string;
  readonly ApplicationVersionId: number;
  readonly SnapshotCreationTimestamp?: number;
}

/** What `GET /v1/applications/NAME/activity` answers. */
export interface ApplicationActivity {
  readonly status: string;
  readonly version: number;
  readonly failure?: string;
  readonly run?: string;
  readonly attempts: number;
  readonly metrics: Readonly<Record<string, number>>;
  readonly errors: readonly { readonly at: string; readonly version: number; readonly message: string }[];
}

/** A task of a job, by `GET /v1/applications/NAME/graph`. */
export interface Vertex {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly parallelism: number;
  readonly inputs: readonly string[];
  readonly metrics: Readonly<Record<string, number>>;
}

/** What is wrong with code; where, if that is known. */
export interface CodeProblem {
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
}

export const SQL = 'SQL-1_0';
export const FLINK = 'FLINK-1_20';

export async function listSqlApplications(api: Api, signal?: AbortSignal): Promise<ApplicationSummary[]> {
  const all: ApplicationSummary[] = [];
  let token: string | undefined;
  do {
    const page: { ApplicationSummaries: ApplicationSummary[]; NextToken?: string } = await api.json(
      'analytics',
      'ListApplications',
      token === undefined ? {} : { NextToken: token },
      signal,
    );
    all.push(...page.ApplicationSummaries);
    token = page.NextToken;
  } while (token !== undefined);
  return all;
}

export async function describeApplication(api: Api, name: string, signal?: AbortSignal): Promise<ApplicationDetail> {
  const answer = await api.json<{ ApplicationDetail: ApplicationDetail }>(
    'analytics',
    'DescribeApplication',
    { ApplicationName: name },
    signal,
  );
  return answer.ApplicationDetail;
}

export interface NewApplication {
  readonly name: string;
  readonly runtime: string;
  readonly role: string;
  readonly code: string;
  /** Of an SQL application: what it reads. */
  readonly input?: { readonly streamArn: string; readonly prefix: string; readonly schema: unknown } | undefined;
  /** Of an SQL application: which of its streams is written, and to what. */
  readonly output?: { readonly stream: string; readonly arn: string } | undefined;
}

export function createApplication(api: Api, made: NewApplication): Promise<unknown> {
  const { input, output } = made;
  return api.json('analytics', 'CreateApplication', {
    ApplicationName: made.name,
    RuntimeEnvironment: made.runtime,
    ServiceExecutionRole: made.role,
    ApplicationConfiguration: {
      ApplicationCodeConfiguration: { CodeContentType: 'PLAINTEXT', CodeContent: { TextContent: made.code } },
      ...(made.runtime !== SQL
        ? {}
        : {
            SqlApplicationConfiguration: {
              Inputs:
                input === undefined
                  ? []
                  : [
                      {
                        NamePrefix: input.prefix,
                        InputSchema: input.schema,
                        KinesisStreamsInput: { ResourceARN: input.streamArn },
                      },
                    ],
              Outputs: output === undefined ? [] : [outputOf(output)],
            },
          }),
    },
  });
}

function outputOf({ stream, arn }: { stream: string; arn: string }): object {
  const kind = arn.includes(':firehose:') ? 'KinesisFirehoseOutput' : 'KinesisStreamsOutput';
  return { Name: stream, [kind]: { ResourceARN: arn }, DestinationSchema: { RecordFormatType: 'JSON' } };
}

/** The schema of a stream's records, guessed from those that it has. */
export async function discoverSchema(api: Api, streamArn: string, role: string): Promise<unknown> {
  const answer = await api.json<{ InputSchema: unknown }>('analytics', 'DiscoverInputSchema', {
    ResourceARN: streamArn,
    ServiceExecutionRole: role,
    InputStartingPositionConfiguration: { InputStartingPosition: 'TRIM_HORIZON' },
  });
  return answer.InputSchema;
}

export function updateCode(api: Api, name: string, version: number, code: string): Promise<unknown> {
  return api.json('analytics', 'UpdateApplication', {
    ApplicationName: name,
    CurrentApplicationVersionId: version,
    ApplicationConfigurationUpdate: {
      ApplicationCodeConfigurationUpdate: { CodeContentUpdate: { TextContentUpdate: code } },
    },
  });
}

/** Looks at code as a start would; nothing is stored. */
export async function checkCode(api: Api, name: string, code: string): Promise<readonly CodeProblem[]> {
  const answer = await api.rest<{ problems: CodeProblem[] }>('analytics', `${pathOf(name)}/check`, {
    method: 'POST',
    text: code,
  });
  return answer.problems;
}

const PLACE = /^Line (\d+), column (\d+): ([\s\S]*)$/;

/** What an update says of code that is wrong; undefined where it failed by something else. */
export function problemOf(error: unknown): CodeProblem | undefined {
  if (!(error instanceof AwsError) || error.code !== 'CodeValidationException') {
    return undefined;
  }
  const [, line, column, message] = PLACE.exec(error.message) ?? [];
  return message === undefined
    ? { message: error.message }
    : { line: Number(line), column: Number(column), message };
}

/** Where an application begins to read, or from which state it goes on. */
export type StartFrom =
  | { readonly position: 'NOW' | 'TRIM_HORIZON' | 'LAST_STOPPED_POINT' }
  | { readonly restore: 'SKIP_RESTORE_FROM_SNAPSHOT' | 'RESTORE_FROM_LATEST_SNAPSHOT' }
  | { readonly snapshot: string };

export function startApplication(api: Api, application: ApplicationDetail, from: StartFrom): Promise<unknown> {
  return api.json('analytics', 'StartApplication', {
    ApplicationName: application.ApplicationName,
    RunConfiguration:
      'position' in from
        ? {
            SqlRunConfigurations: inputsOf(application).map(({ InputId }) => ({
              InputId,
              InputStartingPositionConfiguration: { InputStartingPosition: from.position },
            })),
          }
        : {
            ApplicationRestoreConfiguration:
              'restore' in from
                ? { ApplicationRestoreType: from.restore }
                : { ApplicationRestoreType: 'RESTORE_FROM_CUSTOM_SNAPSHOT', SnapshotName: from.snapshot },
          },
  });
}

/** @param force without a savepoint, whatever state the application is in; of Flink applications only */
export function stopApplication(api: Api, name: string, force: boolean): Promise<unknown> {
  return api.json('analytics', 'StopApplication', force ? { ApplicationName: name, Force: true } : { ApplicationName: name });
}

export function deleteApplication(api: Api, application: ApplicationDetail): Promise<unknown> {
  return api.json('analytics', 'DeleteApplication', {
    ApplicationName: application.ApplicationName,
    CreateTimestamp: application.CreateTimestamp,
  });
}

export async function listSnapshots(api: Api, name: string, signal?: AbortSignal): Promise<Snapshot[]> {
  const all: Snapshot[] = [];
  let token: string | undefined;
  do {
    const page: { SnapshotSummaries?: Snapshot[]; NextToken?: string } = await api.json(
      'analytics',
      'ListApplicationSnapshots',
      { ApplicationName: name, ...(token === undefined ? {} : { NextToken: token }) },
      signal,
    );
    all.push(...(page.SnapshotSummaries ?? []));
    token = page.NextToken;
  } while (token !== undefined);
  return all;
}

export function createSnapshot(api: Api, application: string, snapshot: string): Promise<unknown> {
  return api.json('analytics', 'CreateApplicationSnapshot', { ApplicationName: application, SnapshotName: snapshot });
}

export function deleteSnapshot(api: Api, application: string, snapshot: Snapshot): Promise<unknown> {
  return api.json('analytics', 'DeleteApplicationSnapshot', {
    ApplicationName: application,
    SnapshotName: snapshot.SnapshotName,
    SnapshotCreationTimestamp: snapshot.SnapshotCreationTimestamp,
  });
}

export function getApplicationActivity(api: Api, name: string, signal?: AbortSignal): Promise<ApplicationActivity> {
  return api.rest('analytics', `${pathOf(name)}/activity`, { signal });
}

export async function getGraph(api: Api, name: string, signal?: AbortSignal): Promise<readonly Vertex[]> {
  const { vertices } = await api.rest<{ vertices: Vertex[] }>('analytics', `${pathOf(name)}/graph`, { signal });
  return vertices;
}

/** A row of an in-application stream: its columns. */
export type Row = Readonly<Record<string, unknown>>;

/**
 * Reads the rows of an in-application stream as they are made, until `signal` ends it.
 *
 * @param onDropped told how many rows were left out because this reader is slow
 */
export function preview(
  api: Api,
  name: string,
  stream: string,
  onRow: (row: Row) => void,
  onDropped: (rows: number) => void,
  onConnected: (connected: boolean) => void,
  signal: AbortSignal,
): Promise<void> {
  return follow(
    api,
    'analytics',
    `${pathOf(name)}/preview`,
    () => ({ query: { stream } }),
    ({ event, data }) => {
      if (event === 'dropped') {
        onDropped((JSON.parse(data) as { rows: number }).rows);
      } else if (data !== '') {
        onRow(JSON.parse(data) as Row);
      }
      return true;
    },
    onConnected,
    signal,
  );
}

export function isSql(application: ApplicationSummary): boolean {
  return application.RuntimeEnvironment === SQL;
}

export function codeOf(application: ApplicationDetail): string {
  return (
    application.ApplicationConfigurationDescription?.ApplicationCodeConfigurationDescription?.CodeContentDescription
      ?.TextContent ?? ''
  );
}

export function inputsOf(application: ApplicationDetail): readonly InputDescription[] {
  return application.ApplicationConfigurationDescription?.SqlApplicationConfigurationDescription?.InputDescriptions ?? [];
}

export function outputsOf(application: ApplicationDetail): readonly OutputDescription[] {
  return application.ApplicationConfigurationDescription?.SqlApplicationConfigurationDescription?.OutputDescriptions ?? [];
}

function pathOf(name: string): string {
  return `/v1/applications/${encodeURIComponent(name)}`;
}
