import type { Shard } from '../../aws/kinesis';
import { kinOf, ringOf, shortId, type RingShard } from './lineage';

interface Props {
  readonly shards: readonly Shard[];
  readonly selected: string | undefined;
  readonly onSelect: (id: string | undefined) => void;
  /** How much of its write limit a shard uses, from 0 to 1, where it is known. */
  readonly load: ReadonlyMap<string, number>;
}

const MOST_RINGS = 6;
const HOLE = 34;
const OUTER = 116;
const GAP = 1;
const LABELLED = 0.02;

/**
 * The hash keys as a ring, and the shards on it. The outermost ring is now; what a shard was split or merged from lies
 * inside it. The table of shards says the same to those who do not see it.
 */
export function ShardRing({ shards, selected, onSelect, load }: Props) {
  const { shards: placed, rings } = ringOf(shards, MOST_RINGS);
  const width = (OUTER - HOLE) / Math.max(1, rings);
  const kin = selected === undefined ? new Set<string>() : kinOf(shards, selected);
  const open = placed.filter((each) => each.open).length;
  const label = `${open} open ${open === 1 ? 'shard' : 'shards'} on the ring of hash keys`;
  return (
    <svg className="ring" viewBox="-120 -120 240 240" role="img" aria-label={label}>
      {placed.map((each) => {
        const inner = HOLE + each.ring * width;
        const outer = HOLE + (each.lastRing + 1) * width - GAP;
        const id = each.shard.shardId;
        return (
          <path
            key={id}
            className={classOf(each, load.get(id), id === selected, kin.has(id))}
            d={sector(each.from, each.to, inner, outer)}
            onMouseEnter={() => onSelect(id)}
            onMouseLeave={() => onSelect(undefined)}
          >
            <title>{id}</title>
          </path>
        );
      })}
      {placed
        .filter((each) => each.to - each.from >= LABELLED)
        .map((each) => {
          const [x, y] = point((each.from + each.to) / 2, HOLE + ((each.ring + each.lastRing + 1) / 2) * width);
          return (
            <text key={each.shard.shardId} x={x} y={y}>
              {shortId(each.shard.shardId)}
            </text>
          );
        })}
      <text className="hole" y={-6}>
        {open}
      </text>
      <text className="hole" y={8}>
        open
      </text>
    </svg>
  );
}

function classOf(each: RingShard, load: number | undefined, isSelected: boolean, isKin: boolean): string {
  const heat = !each.open || load === undefined ? '' : load >= 0.8 ? 'hot' : load >= 0.25 ? 'busy' : '';
  return [each.open ? 'open' : '', heat, isKin ? 'kin' : '', isSelected ? 'selected' : ''].filter(Boolean).join(' ');
}

/** From above, clockwise. */
function point(fraction: number, radius: number): readonly [number, number] {
  const angle = fraction * 2 * Math.PI - Math.PI / 2;
  return [round(Math.cos(angle) * radius), round(Math.sin(angle) * radius)];
}

function sector(from: number, to: number, inner: number, outer: number): string {
  if (to - from > 0.9999) {
    return `${sector(0, 0.5, inner, outer)}${sector(0.5, 0.99999, inner, outer)}`;
  }
  const large = to - from > 0.5 ? 1 : 0;
  const [x0, y0] = point(from, outer);
  const [x1, y1] = point(to, outer);
  const [x2, y2] = point(to, inner);
  const [x3, y3] = point(from, inner);
  return `M${x0} ${y0}A${outer} ${outer} 0 ${large} 1 ${x1} ${y1}L${x2} ${y2}A${inner} ${inner} 0 ${large} 0 ${x3} ${y3}Z`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
