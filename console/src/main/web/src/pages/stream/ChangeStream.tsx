import { useState } from 'react';
import { useApi } from '../../aws/api';
import { changeStream, type StreamChange, type StreamSummary } from '../../aws/kinesis';
import { Dialog } from '../../ui/Dialog';
import { ErrorNote } from '../../ui/ErrorNote';
import { useAction } from '../../ui/useAction';

/** Changes a stream's shards, its retention or its mode, one at a time, as the API does. */
export function ChangeStream({ stream, onClose }: { stream: StreamSummary; onClose: (changed: boolean) => void }) {
  const api = useApi();
  const [shards, setShards] = useState(String(stream.openShardCount));
  const [hours, setHours] = useState(String(stream.retentionHours));
  const action = useAction((change: StreamChange) => changeStream(api, stream.name, change));
  const change = async (wanted: StreamChange) => {
    if (await action.run(wanted)) {
      onClose(true);
    }
  };
  const isOnDemand = stream.mode === 'ON_DEMAND';
  return (
    <Dialog title={`Change ${stream.name}`} onClose={() => onClose(false)}>
      <div className="form">
        {isOnDemand ? null : (
          <form
            className="row"
            onSubmit={(event) => {
              event.preventDefault();
              void change({ shardCount: Number(shards) });
            }}
          >
            <label className="field">
              <span>Shards</span>
              <input type="number" min={1} required value={shards} onChange={(event) => setShards(event.target.value)} />
            </label>
            <button type="submit" disabled={action.busy}>
              Reshard
            </button>
          </form>
        )}
        <form
          className="row"
          onSubmit={(event) => {
            event.preventDefault();
            void change({ retentionHours: Number(hours) });
          }}
        >
          <label className="field">
            <span>Hours that records are kept</span>
            <input type="number" min={24} max={8760} required value={hours} onChange={(event) => setHours(event.target.value)} />
          </label>
          <button type="submit" disabled={action.busy}>
            Set
          </button>
        </form>
        <div>
          <button type="button" disabled={action.busy} onClick={() => void change({ mode: isOnDemand ? 'PROVISIONED' : 'ON_DEMAND' })}>
            {isOnDemand ? 'Switch to provisioned shards' : 'Switch to on demand'}
          </button>
        </div>
        <ErrorNote error={action.error} doing="Change stream" />
      </div>
    </Dialog>
  );
}
