import { useState } from 'react';
import { ErrorNote } from './ErrorNote';
import { NameFilter, passes } from './NameFilter';
import { Table, type Column } from './Table';
import type { Loaded } from './useLoad';

interface Props<R> {
  /** What it is a table of, for those who do not see it. */
  readonly label: string;
  /** What is done to load it, as `ErrorNote` takes it. */
  readonly doing: string;
  readonly loaded: Loaded<readonly R[]>;
  readonly columns: readonly Column<R>[];
  readonly nameOf: (row: R) => string;
  /** The name, where it is not given. */
  readonly rowKey?: (row: R) => string;
  /** What to say where there is nothing at all. */
  readonly none: string;
  /** What to say where the filter leaves nothing. */
  readonly noneSuch: string;
}

/** What a page lists, filtered by name. Where it cannot be loaded, and never was, it says why instead. */
export function NamedTable<R>({ label, doing, loaded, columns, nameOf, rowKey, none, noneSuch }: Props<R>) {
  const [filter, setFilter] = useState('');
  return (
    <>
      <NameFilter value={filter} onChange={setFilter} />
      <ErrorNote error={loaded.error} doing={doing} />
      <p />
      {loaded.data === undefined && loaded.error !== undefined ? null : (
        <Table
          label={label}
          columns={columns}
          rows={loaded.data?.filter((row) => passes(nameOf(row), filter))}
          rowKey={rowKey ?? nameOf}
          empty={filter === '' ? none : noneSuch}
        />
      )}
    </>
  );
}
