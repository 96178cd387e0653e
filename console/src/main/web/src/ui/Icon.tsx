/** Strokes in a box of 16 by 16. */
const PATHS = {
  streams: 'M1 4.5c2.5-2.5 4 2.5 7 0s4.500 2.500 7 0M1 8.500c2.500-2.500 4 2.500 7 0s4.500 2.500 7 0M1 12.500c2.500-2.500 4 2.500 7 0s4.500 2.500 7 0',
  applications: 'M3 3h4v4H3zM9 9h4v4H9zM7 5h4v4M5 7v4h4',
  delivery: 'M8 1v9M4.500 6.500 8 10l3.500-3.500M2 10v4h12v-4',
  sql: 'M5 4 1.500 8 5 12M11 4l3.500 4L11 12M9 2.500 7 13.500',
  identities: 'M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.500 14c.5-3 2.500-4.500 5.500-4.500s5 1.500 5.500 4.500',
  keys: 'M10 6a3.500 3.500 0 1 0-3 3.500L8.500 8 10 9.500l1.500-.5.5 1.500 2 .5v-2L10 6z',
  usage: 'M2 14V8M6 14V3M10 14v-4M14 14V6',
  up: 'M4 10l4-4 4 4',
  down: 'M4 6l4 4 4-4',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1v1.500M8 13.500V15M1 8h1.500M13.500 8H15M3 3l1 1M12 12l1 1M3 13l1-1M12 4l1-1',
  moon: 'M13 9.500A5.500 5.500 0 0 1 6.500 3a5.500 5.500 0 1 0 6.500 6.500z',
  system: 'M2 3h12v8H2zM6 14h4M8 11v3',
  out: 'M6 2H2.500v12H6M6 8h8M11 5l3 3-3 3',
  menu: 'M2 4h12M2 8h12M2 12h12',
  close: 'M4 4l8 8M12 4l-8 8',
  play: 'M4 3v10l9-5z',
  pause: 'M5 3v10M11 3v10',
  help: 'M6 6a2 2 0 1 1 3 1.700c-.7.400-1 .800-1 1.600M8 12v.2M8 15A7 7 0 1 0 8 1a7 7 0 0 0 0 14z',
} as const;

export type IconName = keyof typeof PATHS;

/** A small picture beside a text, which says the same. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
