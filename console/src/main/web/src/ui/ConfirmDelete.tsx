import { useState } from 'react';
import { Dialog } from './Dialog';
import { ErrorNote } from './ErrorNote';
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
    <Dialog title={`Delete ${kind} ${name}`} onClose={() => onClose(false)}>
      <form
        className="form"
        onSubmit={async (event) => {
          event.preventDefault();
          if (typed === name && (await action.run())) {
            onClose(true);
          }
        }}
      >
        <p>{warning}</p>
        <label className="field">
          <span>
            Type <strong>{name}</strong> to delete it
          </span>
          <input value={typed} onChange={(event) => setTyped(event.target.value)} autoComplete="off" spellCheck={false} autoFocus />
        </label>
        <ErrorNote error={action.error} doing={`Delete ${kind}`} />
        <div className="buttons">
          <button type="submit" className="danger" disabled={typed !== name || action.busy}>
            Delete
          </button>
          <button type="button" onClick={() => onClose(false)}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
