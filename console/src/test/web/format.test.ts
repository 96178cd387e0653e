import { describe, expect, it } from 'vitest';
import { bytes, duration } from '../../main/web/src/ui/format';
import { ceiling } from '../../main/web/src/ui/LiveChart';

describe('What is shown', () => {
  it.each([[0, '0 B'], [1023, '1,023 B'], [1024, '1 KiB'], [1_572_864, '1.5 MiB']])('%d bytes as %s', (value, text) => {
    expect(bytes(value)).toBe(text);
  });

  it.each([[0, '0 ms'], [999, '999 ms'], [61_000, '1 min 1 s'], [90_061_000, '1 d 1 h'], [86_400_000, '1 d']])(
    '%d milliseconds as %s',
    (value, text) => {
      expect(duration(value)).toBe(text);
    },
  );

  it.each([[0, 1], [0.3, 0.5], [1, 1], [7, 10], [1024, 2000]])('values up to %d on an axis up to %d', (value, top) => {
    expect(ceiling(value)).toBe(top);
  });

  it.each([[0, 1], [1000, 1024], [1024, 1024], [1025, 2048]])('%d bytes on an axis up to %d', (value, top) => {
    expect(ceiling(value, true)).toBe(top);
  });
});
