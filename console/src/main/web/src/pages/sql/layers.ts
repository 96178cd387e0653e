import type { Vertex } from '../../aws/analytics';

/** The vertices of a job, layer by layer: each below all those whose records it gets. */
export function layersOf(vertices: readonly Vertex[]): Vertex[][] {
  const byId = new Map(vertices.map((vertex) => [vertex.id, vertex]));
  const depths = new Map<string, number>();
  const depthOf = (vertex: Vertex, above: ReadonlySet<string>): number => {
    const known = depths.get(vertex.id);
    if (known !== undefined) {
      return known;
    }
    let depth = 0;
    for (const input of vertex.inputs) {
      const from = byId.get(input);
      // Jobs have no rings; what says so all the same is drawn somewhere.
      if (from !== undefined && !above.has(input)) {
        depth = Math.max(depth, depthOf(from, new Set([...above, vertex.id])) + 1);
      }
    }
    depths.set(vertex.id, depth);
    return depth;
  };
  const layers: Vertex[][] = [];
  for (const vertex of vertices) {
    const depth = depthOf(vertex, new Set([vertex.id]));
    (layers[depth] ??= []).push(vertex);
  }
  return [...layers].map((layer) => layer ?? []);
}

/** How much of its time a task does something, from 0 to 1; undefined where that is not known. */
export function part(vertex: Vertex, metric: 'busy' | 'backPressured' | 'idle'): number | undefined {
  const millis = vertex.metrics[`${metric}TimeMsPerSecond`];
  return millis === undefined ? undefined : Math.min(millis / 1000, 1);
}
