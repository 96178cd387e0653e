import { useState } from 'react';
import { useApi } from '../../aws/api';
import { scheduleDeletion } from '../../aws/kms';
import { FormDialog } from '../../ui/FormDialog';
import { useAction } from '../../ui/useAction';

/** Asks after how many days a key is to be gone; until then it can be kept. */
export function ScheduleDeletion({ id, onClose }: { id: string; onClose: (scheduled: boolean) => void }) {
  const api = useApi();
  const [days, setDays] = useState('30');
  const action = useAction(() => scheduleDeletion(api, id, Number(days)));
  return (
    <FormDialog title="Schedule deletion" submit="Schedule deletion" isDangerous action={action} onClose={onClose}>
      <p>What is encrypted with it cannot be read from now on, and never again once it is deleted. Until then it can be kept.</p>
      <label className="field">
        <span>Days until then</span>
        <input type="number" min={7} max={30} required value={days} onChange={(event) => setDays(event.target.value)} autoFocus />
      </label>
    </FormDialog>
  );
}
