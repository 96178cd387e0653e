import { useEffect, type ReactNode } from 'react';

interface Props {
  readonly title: string;
  /** What can be done, at the right of the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A page: its heading, which is also the window's title, and what is below. */
export function Page({ title, actions, children }: Props) {
  useEffect(() => {
    document.title = `${title} · Riacho`;
  }, [title]);
  return (
    <>
      <div className="page-head">
        <h1>{title}</h1>
        {actions === undefined ? null : <div className="buttons">{actions}</div>}
      </div>
      {children}
    </>
  );
}

/** A part of a page with its heading. */
export function Section({ title, actions, children }: Props) {
  return (
    <section className="section">
      <div className="section-head">
        <h2>{title}</h2>
        {actions === undefined ? null : <div className="buttons">{actions}</div>}
      </div>
      {children}
    </section>
  );
}

/** Names and values, side by side. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
