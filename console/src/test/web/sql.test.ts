import { describe, expect, it } from 'vitest';
import { problemOf, type Vertex } from '../../main/web/src/aws/analytics';
import { AwsError } from '../../main/web/src/aws/error';
import { streamsOfCode } from '../../main/web/src/pages/sql/inAppStreams';
import { layersOf, part } from '../../main/web/src/pages/sql/layers';

describe('What an update says of code', () => {
  const said = (code: string, message: string) => problemOf(new AwsError(code, message, 400, undefined));

  it('has its place', () => {
    expect(said('CodeValidationException', 'Line 3, column 17: No column x:\nthere is y.')).toEqual({
      line: 3,
      column: 17,
      message: 'No column x:\nthere is y.',
    });
  });

  it('may have none', () => {
    expect(said('CodeValidationException', 'There is no code.')).toEqual({ message: 'There is no code.' });
  });

  it('is something else where it is not about code', () => {
    expect(said('ResourceInUseException', 'Line 3, column 17: no')).toBeUndefined();
    expect(problemOf(new TypeError('Line 3, column 17: no'))).toBeUndefined();
  });
});

describe('Streams of code', () => {
  it.each([
    ['CREATE STREAM a (x INT); create or replace stream "b C" (x INT);', ['A', 'b C']],
    ['CREATE OR REPLACE PUMP p AS INSERT INTO a SELECT STREAM x FROM b;', []],
    ['-- CREATE STREAM a\n/* CREATE STREAM\n b */ CREATE STREAM "c""d" (x INT)', ['c"d']],
    ["CREATE PUMP p AS SELECT STREAM 'CREATE STREAM a' FROM b", []],
    ['CREATE STREAM a (x INT); CREATE STREAM A (y INT)', ['A']],
    ['', []],
  ])('of %j are %j', (code, names) => {
    expect(streamsOfCode(code)).toEqual(names);
  });
});

describe('The graph of a job', () => {
  const vertex = (id: string, ...inputs: string[]): Vertex => ({ id, name: id, state: 'RUNNING', parallelism: 1, inputs, metrics: {} });
  const ids = (vertices: Vertex[]) => layersOf(vertices).map((layer) => layer.map(({ id }) => id));

  it('has each task below all that it gets records of', () => {
    expect(ids([vertex('sink', 'join'), vertex('a'), vertex('b'), vertex('calc', 'b'), vertex('join', 'a', 'calc')])).toEqual([
      ['a', 'b'],
      ['calc'],
      ['join'],
      ['sink'],
    ]);
  });

  it('is drawn whatever the server says', () => {
    expect(ids([])).toEqual([]);
    expect(ids([vertex('a', 'not-there'), vertex('b', 'b')])).toEqual([['a', 'b']]);
    expect(ids([vertex('a', 'b'), vertex('b', 'a')]).flat().sort()).toEqual(['a', 'b']);
  });

  it('tells parts of time', () => {
    const busy = { ...vertex('a'), metrics: { busyTimeMsPerSecond: 250, backPressuredTimeMsPerSecond: 1001 } };
    expect(part(busy, 'busy')).toBe(0.25);
    expect(part(busy, 'backPressured')).toBe(1);
    expect(part(busy, 'idle')).toBeUndefined();
  });
});
