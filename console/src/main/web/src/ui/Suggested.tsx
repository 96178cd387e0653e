import { useId, useMemo, type InputHTMLAttributes } from 'react';
import { passes } from './NameFilter';

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value' | 'list'> {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What there is; whoever may not list it types it. */
  readonly suggestions: readonly string[] | undefined;
}

/** Browsers show a few, and are slow with thousands. */
const MOST_SUGGESTED = 100;

/** A field for a name that is one of many, or that nobody may list. */
export function Suggested({ label, hint, value, onChange, suggestions, ...input }: Props) {
  const list = useId();
  const shown = useMemo(
    () => suggestions?.filter((each) => passes(each, value)).slice(0, MOST_SUGGESTED),
    [suggestions, value],
  );
  return (
    <label className="field">
      <span>{label}</span>
      <input
        {...input}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        list={list}
        autoComplete="off"
        spellCheck={false}
      />
      <datalist id={list}>
        {shown?.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      {hint === undefined ? null : <small>{hint}</small>}
    </label>
  );
}
