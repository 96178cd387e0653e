interface Props {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The field by which a page's list is filtered; the key `/` leads to it. */
export function NameFilter({ value, onChange }: Props) {
  return (
    <label className="field">
      <span className="hidden">Filter by name</span>
      <input
        type="search"
        data-filter
        placeholder="Filter by name ( / )"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

/** Whether the name is one that the filter lets through, in whatever case. */
export function passes(name: string, filter: string): boolean {
  return name.toLowerCase().includes(filter.toLowerCase());
}
