import { layersOf, part } from './layers';
import type { Vertex } from '../../aws/analytics';
import { percent, short } from '../../ui/format';

const WIDTH = 300;
const HEIGHT = 92;
const GAP_X = 24;
const GAP_Y = 44;
const CHARS = 42;
/** From here on a task is told by its colour. */
const HIGH = 0.8;

/** The tasks of a job from its sources down. The table beside it says the same. */
export function JobGraph({ vertices }: { vertices: readonly Vertex[] }) {
  const layers = layersOf(vertices);
  const most = Math.max(...layers.map((layer) => layer.length), 1);
  const width = most * WIDTH + (most - 1) * GAP_X;
  const height = layers.length * HEIGHT + (layers.length - 1) * GAP_Y;
  const places = new Map<string, readonly [x: number, y: number]>();
  layers.forEach((layer, depth) => {
    const left = (width - layer.length * WIDTH - (layer.length - 1) * GAP_X) / 2;
    layer.forEach((vertex, i) => places.set(vertex.id, [left + i * (WIDTH + GAP_X), depth * (HEIGHT + GAP_Y)]));
  });
  return (
    <div className="graph-box" tabIndex={0} role="region" aria-label="Job graph">
      <svg
        className="graph"
        viewBox={`-2 -2 ${width + 4} ${height + 4}`}
        style={{ width: `${width + 4}px` }}
        role="img"
        aria-label={`A job of ${vertices.length} tasks`}
      >
        {vertices.flatMap((vertex) =>
          vertex.inputs.map((input) => {
            const from = places.get(input);
            const to = places.get(vertex.id);
            if (from === undefined || to === undefined) {
              return null;
            }
            const [x1, y1] = [from[0] + WIDTH / 2, from[1] + HEIGHT];
            const [x2, y2] = [to[0] + WIDTH / 2, to[1]];
            return (
              <path
                key={`${input} ${vertex.id}`}
                className="edge"
                d={`M${x1} ${y1}C${x1} ${y1 + GAP_Y / 2} ${x2} ${y2 - GAP_Y / 2} ${x2} ${y2 - 5}m-5 -5l5 6l5 -6`}
              />
            );
          }),
        )}
        {vertices.map((vertex) => (
          <Task key={vertex.id} vertex={vertex} place={places.get(vertex.id) ?? [0, 0]} />
        ))}
      </svg>
    </div>
  );
}

function Task({ vertex, place: [x, y] }: { vertex: Vertex; place: readonly [number, number] }) {
  const busy = part(vertex, 'busy');
  const held = part(vertex, 'backPressured');
  const { numRecordsInPerSecond: entering, numRecordsOutPerSecond: leaving } = vertex.metrics;
  return (
    <g transform={`translate(${x} ${y})`}>
      <title>{vertex.name}</title>
      <rect className={isHigh(held) ? 'task held' : isHigh(busy) ? 'task busy' : 'task'} width={WIDTH} height={HEIGHT} rx={6} />
      <text x={12} y={22} className="name">
        {cut(vertex.name)}
      </text>
      <text x={12} y={42}>
        {vertex.state.toLowerCase()} · {vertex.parallelism === 1 ? '1 subtask' : `${vertex.parallelism} subtasks`}
      </text>
      <text x={12} y={60}>
        in {rate(entering)} · out {rate(leaving)}
      </text>
      <Bar y={70} part={busy} label="busy" />
      <Bar y={80} part={held} label="held up" />
    </g>
  );
}

function Bar({ y, part: filled, label }: { y: number; part: number | undefined; label: string }) {
  return (
    <>
      <rect className="bar-ground" x={12} y={y} width={150} height={5} />
      <rect className={isHigh(filled) ? 'bar-full high' : 'bar-full'} x={12} y={y} width={150 * (filled ?? 0)} height={5} />
      <text x={172} y={y + 6}>
        {label} {filled === undefined ? '–' : percent(filled)}
      </text>
    </>
  );
}

function isHigh(value: number | undefined): boolean {
  return value !== undefined && value >= HIGH;
}

function rate(perSecond: number | undefined): string {
  return perSecond === undefined ? '–' : `${short(perSecond)}/s`;
}

function cut(name: string): string {
  return name.length <= CHARS ? name : `${name.slice(0, CHARS - 1)}…`;
}
