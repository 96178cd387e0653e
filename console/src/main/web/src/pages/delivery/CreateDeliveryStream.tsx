import { useState } from 'react';
import { useApi } from '../../aws/api';
import { createDeliveryStream } from '../../aws/firehose';
import { listStreams } from '../../aws/kinesis';
import { rolesFor } from '../../aws/roles';
import { FormDialog } from '../../ui/FormDialog';
import { NameField } from '../../ui/NameField';
import { Suggested } from '../../ui/Suggested';
import { useAction } from '../../ui/useAction';
import { useLoad } from '../../ui/useLoad';

const COMPRESSIONS = ['UNCOMPRESSED', 'GZIP', 'ZIP', 'Snappy', 'HADOOP_SNAPPY'];

/** Asks for what a new delivery stream to a bucket is to be. */
export function CreateDeliveryStream({ onClose }: { onClose: (created: boolean) => void }) {
  const api = useApi();
  const roles = useLoad('roles for firehose', (signal) => rolesFor(api, 'firehose.amazonaws.com', signal));
  const streams = useLoad('streams to choose', (signal) => listStreams(api, signal));
  const [name, setName] = useState('');
  const [isDirect, setDirect] = useState(true);
  const [stream, setStream] = useState('');
  const [role, setRole] = useState('');
  const [bucket, setBucket] = useState('');
  const [prefix, setPrefix] = useState('');
  const [size, setSize] = useState('5');
  const [seconds, setSeconds] = useState('300');
  const [compression, setCompression] = useState('UNCOMPRESSED');
  const [lines, setLines] = useState(true);
  const action = useAction(() =>
    createDeliveryStream(api, {
      name,
      streamArn: isDirect ? undefined : stream.startsWith('arn:') ? stream : api.arn('kinesis', `stream/${stream}`),
      role,
      bucket,
      prefix,
      sizeMiB: Number(size),
      seconds: Number(seconds),
      compression,
      lines,
    }),
  );
  return (
    <FormDialog title="Create delivery stream" submit="Create" action={action} onClose={onClose}>
      <NameField value={name} onChange={setName} maxLength={64} />
      <fieldset>
        <legend>Source</legend>
        <label className="check">
          <input type="radio" name="source" checked={isDirect} onChange={() => setDirect(true)} />
          Direct PUT
        </label>
        <label className="check">
          <input type="radio" name="source" checked={!isDirect} onChange={() => setDirect(false)} />
          A Kinesis stream
        </label>
      </fieldset>
      {isDirect ? null : (
        <Suggested
          label="Stream to read"
          value={stream}
          onChange={setStream}
          suggestions={streams.data?.map((each) => each.name)}
          required
        />
      )}
      <Suggested
        label="Role"
        hint="Its ARN; it has to trust firehose.amazonaws.com."
        value={role}
        onChange={setRole}
        suggestions={roles.data}
        required
      />
      <div className="row">
        <label className="field">
          <span>Bucket</span>
          <input value={bucket} onChange={(event) => setBucket(event.target.value)} required autoComplete="off" spellCheck={false} />
        </label>
        <label className="field">
          <span>Prefix of keys</span>
          <input value={prefix} onChange={(event) => setPrefix(event.target.value)} autoComplete="off" spellCheck={false} />
        </label>
      </div>
      <div className="row">
        <label className="field">
          <span>MiB in an object</span>
          <input type="number" min={1} max={128} required value={size} onChange={(event) => setSize(event.target.value)} />
        </label>
        <label className="field">
          <span>Seconds at most</span>
          <input type="number" min={0} max={900} required value={seconds} onChange={(event) => setSeconds(event.target.value)} />
        </label>
        <label className="field">
          <span>Compression</span>
          <select value={compression} onChange={(event) => setCompression(event.target.value)}>
            {COMPRESSIONS.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
      </div>
      <label className="check">
        <input type="checkbox" checked={lines} onChange={(event) => setLines(event.target.checked)} />
        Each record on a line of its own
      </label>
      <p className="small quiet">Other destinations are made by the AWS CLI or an SDK, and shown here.</p>
    </FormDialog>
  );
}
