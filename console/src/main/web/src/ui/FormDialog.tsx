import type { ReactNode } from 'react';
import { Dialog } from './Dialog';
import { ErrorNote } from './ErrorNote';
import type { Action } from './useAction';

interface Props {
  /** The heading. */
  readonly title: string;
  /** What fails where it does, such as `Create stream`; the title where it is left out. */
  readonly doing?: string;
  /** What the button says. */
  readonly submit: string;
  /** Whether something is lost by it. */
  readonly isDangerous?: boolean;
  /** Whether the fields say enough for it; true where it is left out. */
  readonly isReady?: boolean;
  readonly action: Action<[]>;
  readonly onClose: (done: boolean) => void;
  /** The fields. */
  readonly children: ReactNode;
}

/** Asks for what an action needs, and does it; stays open with the error where it fails. */
export function FormDialog({ title, doing = title, submit, isDangerous = false, isReady = true, action, onClose, children }: Props) {
  return (
    <Dialog title={title} onClose={() => onClose(false)}>
      <form
        className="form"
        onSubmit={async (event) => {
          event.preventDefault();
          if (isReady && (await action.run())) {
            onClose(true);
          }
        }}
      >
        {children}
        <ErrorNote error={action.error} doing={doing} />
        <div className="buttons">
          <button type="submit" className={isDangerous ? 'danger' : 'primary'} disabled={!isReady || action.busy}>
            {submit}
          </button>
          <button type="button" onClick={() => onClose(false)}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
