import { useState } from 'react';
import { useApi } from '../../aws/api';
import { AwsError } from '../../aws/error';
import { putText, type PutResult } from '../../aws/kinesis';
import { ErrorNote } from '../../ui/ErrorNote';
import { Section } from '../../ui/Page';
import { useAction } from '../../ui/useAction';

/** Puts a record of text. */
export function PutRecord({ stream }: { stream: string }) {
  const api = useApi();
  const [partitionKey, setPartitionKey] = useState('test');
  const [text, setText] = useState('{"hello": "world"}');
  const [put, setPut] = useState<PutResult>();
  const action = useAction(async () => {
    setPut(undefined);
    const result = await putText(api, stream, { partitionKey, text });
    if (result.errorCode !== undefined) {
      throw new AwsError(result.errorCode, result.errorMessage ?? '', 400, undefined);
    }
    setPut(result);
  });
  return (
    <Section title="Put a record">
      <form
        className="form panel"
        onSubmit={(event) => {
          event.preventDefault();
          void action.run();
        }}
      >
        <label className="field">
          <span>Partition key</span>
          <input value={partitionKey} required maxLength={256} onChange={(event) => setPartitionKey(event.target.value)} />
        </label>
        <label className="field">
          <span>Data</span>
          <textarea value={text} onChange={(event) => setText(event.target.value)} spellCheck={false} />
        </label>
        <div className="buttons">
          <button type="submit" className="primary" disabled={action.busy}>
            Put record
          </button>
          <span role="status" className="breakable">
            {put === undefined ? null : (
              <>
                In <code>{put.shardId}</code> as <code>{put.sequenceNumber}</code>
              </>
            )}
          </span>
        </div>
        <ErrorNote error={action.error} doing="Put record" />
      </form>
    </Section>
  );
}
