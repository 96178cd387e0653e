import { useState } from 'react';

export interface Draft {
  readonly text: string;
  readonly isEdited: boolean;
  /** Of what the text was edited; undefined where it is not. */
  readonly from: string | undefined;
  readonly edit: (text: string) => void;
  readonly discard: () => void;
  /** What is there now was stored: it is shown until what is stored comes anew. */
  readonly saved: () => void;
}

/**
 * Text that is edited, beside what is stored, which may change meanwhile.
 *
 * @param version of what is stored
 */
export function useDraft(stored: string, version: string): Draft {
  const [edited, setEdited] = useState<{ readonly text: string; readonly from: string }>();
  const [kept, setKept] = useState<{ readonly text: string; readonly instead: string }>();
  const shown = kept !== undefined && kept.instead === stored ? kept.text : stored;
  const text = edited?.text ?? shown;
  return {
    text,
    isEdited: edited !== undefined,
    from: edited?.from,
    edit: (changed) => setEdited((old) => (changed === shown ? undefined : { text: changed, from: old?.from ?? version })),
    discard: () => setEdited(undefined),
    saved: () => {
      setKept({ text, instead: stored });
      setEdited(undefined);
    },
  };
}
