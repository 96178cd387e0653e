import type { TailRecord } from '../../aws/tail';
import { shortId } from './lineage';

interface Term {
  readonly field: 'any' | 'key' | 'shard';
  readonly text: string;
  readonly not: boolean;
}

/** Words that a record has to have, all of them, in small or capital letters. `"two words"` stand together. */
export function parseFilter(text: string): readonly Term[] {
  const terms: Term[] = [];
  for (const [, minus, name, quoted, plain] of text.matchAll(/(-?)(?:(key|shard):)?(?:"([^"]*)"?|(\S+))/g)) {
    const wanted = (quoted ?? plain ?? '').toLowerCase();
    if (wanted !== '') {
      terms.push({ field: (name as 'key' | 'shard' | undefined) ?? 'any', text: wanted, not: minus === '-' });
    }
  }
  return terms;
}

export function matches(record: TailRecord, terms: readonly Term[]): boolean {
  return terms.every((term) => has(record, term) !== term.not);
}

function has(record: TailRecord, { field, text }: Term): boolean {
  const key = record.partitionKey.toLowerCase();
  switch (field) {
    case 'key':
      return key.includes(text);
    case 'shard':
      return record.shardId.toLowerCase() === text || shortId(record.shardId) === text;
    case 'any':
      return key.includes(text) || (record.text ?? record.data ?? '').toLowerCase().includes(text);
  }
}
