import { useState } from 'react';
import { CodeEditor, type Problem } from '../../ui/CodeEditor';
import { ErrorNote } from '../../ui/ErrorNote';
import { useAction } from '../../ui/useAction';
import { useDraft } from '../../ui/useDraft';
import { jsonProblem, placeIn } from './jsonProblem';

interface Props {
  readonly label: string;
  readonly document: string;
  /** What to begin with where there is no document yet. */
  readonly initial?: string;
  readonly onSave: (document: string) => Promise<unknown>;
  readonly onCancel?: (() => void) | undefined;
  readonly readOnly?: boolean;
}

/** A policy's document in an editor, which is saved where it is JSON. */
export function PolicyEditor({ label, document, initial, onSave, onCancel, readOnly = false }: Props) {
  const stored = document === '' ? (initial ?? '') : document;
  const draft = useDraft(stored, '');
  const [told, setTold] = useState('');
  const { text } = draft;
  const action = useAction(async () => {
    await onSave(text);
    draft.saved();
    setTold('Saved.');
  });
  const problem: Problem | undefined = jsonProblem(text) ?? placeIn(action.error);
  return (
    <div className="form">
      <CodeEditor
        label={label}
        language="json"
        value={text}
        readOnly={readOnly}
        problems={problem === undefined ? undefined : [problem]}
        onChange={(changed) => {
          setTold('');
          draft.edit(changed);
        }}
      />
      <ErrorNote error={action.error} doing="Save policy" />
      {readOnly ? null : (
        <div className="buttons">
          <button
            type="button"
            className="primary"
            disabled={action.busy || (document !== '' && !draft.isEdited) || jsonProblem(text) !== undefined}
            onClick={() => void action.run()}
          >
            Save
          </button>
          {onCancel === undefined ? null : (
            <button type="button" onClick={onCancel}>
              Cancel
            </button>
          )}
          <span role="status" className="quiet">
            {jsonProblem(text)?.message ?? told}
          </span>
        </div>
      )}
    </div>
  );
}
