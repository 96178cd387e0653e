import { useState } from 'react';
import { useApi } from '../../aws/api';
import { putDeliveryRecord } from '../../aws/firehose';
import { ErrorNote } from '../../ui/ErrorNote';
import { Section } from '../../ui/Page';
import { useAction } from '../../ui/useAction';

/** Puts a record of text into a delivery stream that is put to directly. */
export function PutDeliveryRecord({ stream }: { stream: string }) {
  const api = useApi();
  const [text, setText] = useState('{"hello": "world"}');
  const [put, setPut] = useState<string>();
  const action = useAction(async () => {
    setPut(undefined);
    setPut(await putDeliveryRecord(api, stream, text));
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
                Taken as <code>{put}</code>
              </>
            )}
          </span>
        </div>
        <ErrorNote error={action.error} doing="Put record" />
      </form>
    </Section>
  );
}
