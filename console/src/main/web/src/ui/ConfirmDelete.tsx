import { useState } from 'react';
import { FormDialog } from './FormDialog';
import { useAction } from './useAction';

interface Props {
  /** What it is, such as `stream`. */
  readonly kind: string;
  readonly name: string;
  /** What is lost. */
  readonly warning: string;
  readonly onDelete: () => Promise<unknown>;
  /** Called when it is deleted, and when nothing was. */
  readonly onClose: (deleted: boolean) => void;
}

/** Deletes what cannot be had back, once its name was typed. */
export function ConfirmDelete({ kind, name, warning, onDelete, onClose }: Props) {
  const [typed, setTyped] = useState('');
  const action = useAction(onDelete);
  return (
    <FormDialog
      title={`Delete ${kind} ${name}`}
      doing={`Delete ${kind}`}
      submit="Delete"
      isDangerous
      isReady={typed === name}
      action={action}
      onClose={onClose}
    >
      <p>{warning}</p>
      <label className="field">
        <span>
          Type <strong>{name}</strong> to delete it
        </span>
        <input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" spellCheck={false} autoFocus />
      </label>
    </FormDialog>
  );
}
