import { useId } from 'react';
import { clock } from './format';

export interface Series {
  readonly name: string;
  /** Times in milliseconds since 1970, ascending, with values; NaN breaks the line. */
  readonly points: readonly (readonly [time: number, value: number])[];
}

interface Props {
  readonly title: string;
  readonly series: readonly Series[];
  /** How much time is shown, in milliseconds, up to `now`. */
  readonly span: number;
  readonly now: number;
  readonly format: (value: number) => string;
  /** Bytes: the axis ends at a power of two. */
  readonly binary?: boolean;
  /** A line that shows a limit. */
  readonly limit?: { readonly name: string; readonly value: number } | undefined;
}

const WIDTH = 600;
const HEIGHT = 150;
const LEFT = 62;
const BOTTOM = 20;
const TOP = 8;

/** Lines over time that move on as points are added. What it shows is told in words, too. */
export function LiveChart({ title, series, span, now, format, binary = false, limit }: Props) {
  const heading = useId();
  const from = now - span;
  const values = series.flatMap((each) => each.points.filter(([t]) => t >= from).map(([, v]) => v)).filter(Number.isFinite);
  const most = Math.max(...values, 0);
  const shownLimit = limit !== undefined && most > limit.value * 0.4 ? limit : undefined;
  const top = ceiling(Math.max(most, shownLimit?.value ?? 0), binary);
  const x = (t: number) => LEFT + ((t - from) / span) * (WIDTH - LEFT);
  const y = (v: number) => HEIGHT - BOTTOM - (v / top) * (HEIGHT - BOTTOM - TOP);
  const latest = series.map((each) => each.points.at(-1)?.[1] ?? Number.NaN);
  return (
    <figure className="chart" aria-labelledby={heading}>
      <figcaption id={heading}>
        <strong>{title}</strong>
        {series.map((each, i) => (
          <span key={each.name} className={`key series-${i}`}>
            {each.name}: {Number.isFinite(latest[i]) ? format(latest[i]!) : '–'}
          </span>
        ))}
      </figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
        {[0, 0.5, 1].map((part) => (
          <g key={part}>
            <line className="grid" x1={LEFT} x2={WIDTH} y1={y(top * part)} y2={y(top * part)} />
            <text x={LEFT - 6} y={y(top * part) + 4} textAnchor="end">
              {format(top * part)}
            </text>
          </g>
        ))}
        <text x={LEFT} y={HEIGHT - 4}>
          {clock(from)}
        </text>
        <text x={WIDTH} y={HEIGHT - 4} textAnchor="end">
          {clock(now)}
        </text>
        {shownLimit === undefined ? null : (
          <g>
            <line className="limit" x1={LEFT} x2={WIDTH} y1={y(shownLimit.value)} y2={y(shownLimit.value)} />
            <text x={WIDTH} y={y(shownLimit.value) - 3} textAnchor="end">
              {shownLimit.name}
            </text>
          </g>
        )}
        {series.map((each, i) => (
          <path key={each.name} className={`line series-${i}`} d={line(each.points, from, x, y)} />
        ))}
      </svg>
    </figure>
  );
}

function line(
  points: Series['points'],
  from: number,
  x: (t: number) => number,
  y: (v: number) => number,
): string {
  let path = '';
  let pen = 'M';
  for (const [t, v] of points) {
    if (t < from || !Number.isFinite(v)) {
      pen = 'M';
      continue;
    }
    path += `${pen}${x(t).toFixed(1)} ${y(v).toFixed(1)}`;
    pen = 'L';
  }
  return path;
}

/** The least round number that is no less: 1, 2 or 5 times a power of ten, or a power of two. */
export function ceiling(value: number, binary = false): number {
  if (value <= 0) {
    return 1;
  }
  if (binary) {
    return 2 ** Math.ceil(Math.log2(value));
  }
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5].find((times) => times * power >= value) ?? 10) * power;
}
