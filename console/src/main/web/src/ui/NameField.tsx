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
