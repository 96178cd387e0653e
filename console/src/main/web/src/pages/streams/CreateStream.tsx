import { useState } from 'react';
import { useApi } from '../../aws/api';
import { createStream } from '../../aws/kinesis';
import { Dialog } from '../../ui/Dialog';
import { ErrorNote } from '../../ui/ErrorNote';
import { useAction } from '../../ui/useAction';

/** Asks for what a new stream is to be. */
export function CreateStream({ onClose }: { onClose: (created: boolean) => void }) {
  const api = useApi();
  const [name, setName] = useState('');
  const [isOnDemand, setOnDemand] = useState(false);
  const [shards, setShards] = useState('1');
  const action = useAction(() => createStream(api, { name, shardCount: isOnDemand ? undefined : Number(shards) }));
  return (
    <Dialog title="Create stream" onClose={() => onClose(false)}>
      <form
        className="form"
        onSubmit={async (event) => {
          event.preventDefault();
          if (await action.run()) {
            onClose(true);
          }
        }}
      >
        <label className="field">
          <span>Name</span>
          <input
            value={name}
            onChange={(event) => setName(event.target.value)}
            required
            maxLength={128}
            pattern="[a-zA-Z0-9_.\-]+"
            title="Letters, digits, _ . and -"
            autoComplete="off"
            spellCheck={false}
            autoFocus
          />
        </label>
        <fieldset>
          <legend>Capacity</legend>
          <label className="check">
            <input type="radio" name="mode" checked={!isOnDemand} onChange={() => setOnDemand(false)} />
            Provisioned: so many shards
          </label>
          <label className="check">
            <input type="radio" name="mode" checked={isOnDemand} onChange={() => setOnDemand(true)} />
            On demand: shards as they are needed
          </label>
        </fieldset>
        {isOnDemand ? null : (
          <label className="field">
            <span>Shards</span>
            <input type="number" min={1} max={10000} required value={shards} onChange={(event) => setShards(event.target.value)} />
            <small>Each takes 1 MiB or 1,000 records a second, and gives 2 MiB.</small>
          </label>
        )}
        <ErrorNote error={action.error} doing="Create stream" />
        <div className="buttons">
          <button type="submit" className="primary" disabled={action.busy}>
            Create
          </button>
          <button type="button" onClick={() => onClose(false)}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
