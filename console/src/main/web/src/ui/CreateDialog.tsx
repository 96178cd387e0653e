import type { ReactNode } from 'react';
import { Dialog } from './Dialog';
import { ErrorNote } from './ErrorNote';
import type { Action } from './useAction';

interface Props {
  /** Such as `Create stream`: the heading, and what failed where it does. */
  readonly title: string;
  readonly action: Action<[]>;
  readonly onClose: (created: boolean) => void;
  /** The fields. */
  readonly children: ReactNode;
}

/** Asks for what something new is to be, and makes it. */
export function CreateDialog({ title, action, onClose, children }: Props) {
  return (
    <Dialog title={title} onClose={() => onClose(false)}>
      <form
        className="form"
        onSubmit={async (event) => {
          event.preventDefault();
          if (await action.run()) {
            onClose(true);
          }
        }}
      >
        {children}
        <ErrorNote error={action.error} doing={title} />
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

/** The name of a stream, a delivery stream or an application. */
export function NameField({ value, onChange, maxLength }: {
  value: string;
  onChange: (value: string) => void;
  maxLength: number;
}) {
  return (
    <label className="field">
      <span>Name</span>
      <input
        value={value}
        onChange={(event) => onChange(event.target.value)}
        required
        maxLength={maxLength}
        pattern="[a-zA-Z0-9_.\-]+"
        title="Letters, digits, _ . and -"
        autoComplete="off"
        spellCheck={false}
        autoFocus
      />
    </label>
  );
}
