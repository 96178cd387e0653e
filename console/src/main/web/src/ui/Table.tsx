import { useState, type ReactNode } from 'react';
import { number } from './format';
import { Icon } from './Icon';

export interface Column<R> {
  readonly key: string;
  readonly title: string;
  readonly show: (row: R) => ReactNode;
  /** By what it is sorted; a column without cannot be sorted. */
  readonly sort?: (row: R) => string | number;
  /** Numbers are at the right. */
  readonly numeric?: boolean;
  /** Left out where the window is narrow. */
  readonly wideOnly?: boolean;
}

/** How many rows are drawn at first, and at each wish for more: thousands would hold the browser up. */
const AT_ONCE = 200;
const ORDER = new Intl.Collator();

interface Props<R> {
  /** What it is a table of, for those who do not see it. */
  readonly label: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[] | undefined;
  readonly rowKey: (row: R) => string;
  /** What to say where there are no rows. */
  readonly empty: ReactNode;
  readonly selected?: string | undefined;
  readonly onSelect?: ((key: string | undefined) => void) | undefined;
}

/** A table that is sorted by its columns' heads. Without rows it says that they are loaded; of very many it draws the first. */
export function Table<R>({ label, columns, rows, rowKey, empty, selected, onSelect }: Props<R>) {
  const [order, setOrder] = useState<{ key: string; down: boolean }>();
  const [most, setMost] = useState(AT_ONCE);
  const column = columns.find((each) => each.key === order?.key);
  const sorted =
    rows === undefined || column?.sort === undefined || order === undefined
      ? rows
      : [...rows].sort((a, b) => compare(column.sort!(a), column.sort!(b)) * (order.down ? -1 : 1));
  const click = (key: string) =>
    setOrder((old) => (old?.key !== key ? { key, down: false } : old.down ? undefined : { key, down: true }));
  return (
    <div className="table-box" tabIndex={0} role="region" aria-label={label}>
      <table aria-busy={rows === undefined}>
        <thead>
          <tr>
            {columns.map((each) => (
              <th
                key={each.key}
                scope="col"
                className={classes(each)}
                aria-sort={order?.key !== each.key ? undefined : order.down ? 'descending' : 'ascending'}
              >
                {each.sort === undefined ? (
                  each.title
                ) : (
                  <button type="button" className="head" onClick={() => click(each.key)}>
                    {each.title}
                    {order?.key === each.key ? <Icon name={order.down ? 'down' : 'up'} /> : null}
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted === undefined ? (
            <tr>
              <td colSpan={columns.length} className="quiet">
                Loading …
              </td>
            </tr>
          ) : sorted.length === 0 ? (
            <tr>
              <td colSpan={columns.length} className="quiet">
                {empty}
              </td>
            </tr>
          ) : (
            sorted.slice(0, most).map((row) => {
              const key = rowKey(row);
              return (
                <tr
                  key={key}
                  className={key === selected ? 'selected' : undefined}
                  onMouseEnter={onSelect === undefined ? undefined : () => onSelect(key)}
                  onMouseLeave={onSelect === undefined ? undefined : () => onSelect(undefined)}
                >
                  {columns.map((each) => (
                    <td key={each.key} className={classes(each)}>
                      {each.show(row)}
                    </td>
                  ))}
                </tr>
              );
            })
          )}
        </tbody>
      </table>
      {sorted === undefined || sorted.length <= most ? null : (
        <p className="buttons more">
          <span className="quiet">
            {number(most)} of {number(sorted.length)} are shown.
          </span>
          <button type="button" onClick={() => setMost(most + AT_ONCE)}>
            Show more
          </button>
        </p>
      )}
    </div>
  );
}

function classes<R>(column: Column<R>): string | undefined {
  const names = [column.numeric === true ? 'numeric' : '', column.wideOnly === true ? 'wide-only' : ''];
  return names.join(' ').trim() || undefined;
}

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : ORDER.compare(String(a), String(b));
}
