import { useState } from 'react';
import { useApi } from '../../aws/api';
import { createStream } from '../../aws/kinesis';
import { FormDialog } from '../../ui/FormDialog';
import { NameField } from '../../ui/NameField';
import { useAction } from '../../ui/useAction';

/** Asks for what a new stream is to be. */
export function CreateStream({ onClose }: { onClose: (created: boolean) => void }) {
  const api = useApi();
  const [name, setName] = useState('');
  const [isOnDemand, setOnDemand] = useState(false);
  const [shards, setShards] = useState('1');
  const action = useAction(() => createStream(api, { name, shardCount: isOnDemand ? undefined : Number(shards) }));
  return (
    <FormDialog title="Create stream" submit="Create" action={action} onClose={onClose}>
      <NameField value={name} onChange={setName} maxLength={128} />
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
    </FormDialog>
  );
}
