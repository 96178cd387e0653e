import { describe, expect, it } from 'vitest';
import { matches, parseFilter } from '../../main/web/src/pages/stream/filter';

const record = {
  shardId: 'shardId-000000000003',
  sequenceNumber: '1',
  partitionKey: 'User-7',
  text: '{"action": "Buy now", "price": 5}',
};

describe('A filter of records', () => {
  it.each([
    ['', true],
    ['buy', true],
    ['buy price', true],
    ['buy sell', false],
    ['"buy now"', true],
    ['"now buy"', false],
    ['-sell', true],
    ['-buy', false],
    ['key:user-7', true],
    ['key:buy', false],
    ['shard:3', true],
    ['shard:33', false],
    ['shard:shardId-000000000003', true],
    ['-shard:3', false],
    ['"not closed', false],
  ])('%j lets it through: %s', (filter, expected) => {
    expect(matches(record, parseFilter(filter))).toBe(expected);
  });

  it('looks at data in Base64 as it is shown', () => {
    const { text: _, ...binary } = record;
    expect(matches({ ...binary, data: 'AAECAw==' }, parseFilter('aaecaw=='))).toBe(true);
  });
});
