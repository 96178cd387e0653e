import { useState } from 'react';
import { createApplication, discoverSchema, FLINK, SQL } from '../../aws/analytics';
import { useApi } from '../../aws/api';
import { listStreams } from '../../aws/kinesis';
import { rolesFor } from '../../aws/roles';
import { CodeEditor } from '../../ui/CodeEditor';
import { FormDialog } from '../../ui/FormDialog';
import { NameField } from '../../ui/NameField';
import { ErrorNote } from '../../ui/ErrorNote';
import { Suggested } from '../../ui/Suggested';
import { useAction } from '../../ui/useAction';
import { useLoad } from '../../ui/useLoad';
import { flinkExample, SCHEMA_EXAMPLE, SQL_EXAMPLE } from './examples';

const PREFIX = 'SOURCE_SQL_STREAM';

/** Asks for what a new application is to be; its code is written afterwards. */
export function CreateApplication({ onClose }: { onClose: (created: boolean) => void }) {
  const api = useApi();
  const roles = useLoad('roles for analytics', (signal) => rolesFor(api, 'kinesisanalytics.amazonaws.com', signal));
  const streams = useLoad('streams to choose', (signal) => listStreams(api, signal));
  const [name, setName] = useState('');
  const [runtime, setRuntime] = useState(SQL);
  const [role, setRole] = useState('');
  const [stream, setStream] = useState('');
  const [schema, setSchema] = useState(SCHEMA_EXAMPLE);
  const [outputFrom, setOutputFrom] = useState('DESTINATION_SQL_STREAM');
  const [output, setOutput] = useState('');
  const isDialect = runtime === SQL;
  const arnOf = (given: string) => (given.startsWith('arn:') ? given : api.arn('kinesis', `stream/${given}`));
  const discovery = useAction(async () => {
    setSchema(JSON.stringify(await discoverSchema(api, arnOf(stream), role), undefined, 2));
  });
  const action = useAction(() =>
    createApplication(api, {
      name,
      runtime,
      role,
      code: isDialect ? SQL_EXAMPLE : flinkExample(api.arn('kinesis', '')),
      input: isDialect && stream !== '' ? { streamArn: arnOf(stream), prefix: PREFIX, schema: parsed(schema) } : undefined,
      output: isDialect && output !== '' ? { stream: outputFrom, arn: arnOf(output) } : undefined,
    }),
  );
  const streamNames = streams.data?.map((each) => each.name);
  return (
    <FormDialog title="Create application" submit="Create" action={action} onClose={onClose}>
      <NameField value={name} onChange={setName} maxLength={128} />
      <fieldset>
        <legend>Language</legend>
        <label className="check">
          <input type="radio" name="runtime" checked={isDialect} onChange={() => setRuntime(SQL)} />
          SQL of Kinesis Analytics
        </label>
        <label className="check">
          <input type="radio" name="runtime" checked={!isDialect} onChange={() => setRuntime(FLINK)} />
          Flink SQL: its code says what it reads and writes
        </label>
      </fieldset>
      <Suggested
        label="Role"
        hint="Its ARN; the application reads and writes as this role, which has to trust kinesisanalytics.amazonaws.com."
        value={role}
        onChange={setRole}
        suggestions={roles.data}
        required
      />
      {isDialect ? (
        <>
          <Suggested
            label="Stream to read"
            hint={`In the code it is ${PREFIX}_001.`}
            value={stream}
            onChange={setStream}
            suggestions={streamNames}
          />
          {stream === '' ? null : (
            <div className="field">
              <span>Schema of its records</span>
              <CodeEditor label="Schema" language="json" value={schema} onChange={setSchema} />
              <div className="buttons">
                <button type="button" disabled={discovery.busy || role === ''} onClick={() => void discovery.run()}>
                  {discovery.busy ? 'Looking at records …' : 'Guess it from records'}
                </button>
              </div>
              <ErrorNote error={discovery.error} doing="Discover schema" />
            </div>
          )}
          <div className="row">
            <label className="field">
              <span>In-application stream to write</span>
              <input value={outputFrom} onChange={(event) => setOutputFrom(event.target.value)} spellCheck={false} />
            </label>
            <Suggested
              label="To"
              hint="A stream’s name, or an ARN; empty for none."
              value={output}
              onChange={setOutput}
              suggestions={streamNames}
            />
          </div>
        </>
      ) : null}
    </FormDialog>
  );
}

function parsed(schema: string): unknown {
  try {
    return JSON.parse(schema);
  } catch (e) {
    throw new Error(`The schema is no JSON: ${e instanceof Error ? e.message : String(e)}`);
  }
}
