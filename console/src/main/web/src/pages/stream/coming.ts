import type { TailRecord } from '../../aws/tail';

export const MOST_KEPT = 1_000;
/** Records may have 10 MiB each; a tab would not live through a thousand of them. */
export const MOST_CHARS = 16 * 1024 * 1024;

/** The records that came since they were last taken: the newest of them, so many and so large that a tab has the memory. */
export class Coming {
  private readonly records: TailRecord[] = [];
  private chars = 0;
  private came = 0;

  add(record: TailRecord): void {
    this.records.push(record);
    this.chars += sizeOf(record);
    this.came++;
    while (this.records.length > MOST_KEPT || (this.chars > MOST_CHARS && this.records.length > 1)) {
      this.chars -= sizeOf(this.records.shift()!);
    }
  }

  /** The oldest first, and how many came with those that were left out. */
  take(): { records: readonly TailRecord[]; came: number } {
    const taken = { records: this.records.splice(0), came: this.came };
    this.chars = 0;
    this.came = 0;
    return taken;
  }
}

/** What is kept of old records, the newest first, when fresh ones came, the oldest first. */
export function keep(old: readonly TailRecord[], fresh: readonly TailRecord[]): readonly TailRecord[] {
  const all = [...[...fresh].reverse(), ...old];
  let chars = 0;
  const end = all.findIndex((record, i) => {
    chars += sizeOf(record);
    return i > 0 && (i >= MOST_KEPT || chars > MOST_CHARS);
  });
  return end < 0 ? all : all.slice(0, end);
}

function sizeOf(record: TailRecord): number {
  return (record.text ?? record.data ?? '').length + record.partitionKey.length;
}
