import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { durationIn } from '../../../src/lib/yaml/duration.js';
import { readYaml } from '../../../src/lib/yaml/readYaml.js';

const schema = z.strictObject({
  name: z.string('expected a name'),
  way: z.union([z.literal('left'), z.strictObject({ turns: z.int().min(1) })]).optional(),
  then: z.union([z.strictObject({ turns: z.int().min(1) }), z.literal('left')]).optional(),
  list: z.array(z.number()).optional(),
  every: durationIn(['s', 'm'], '30s or 5m').optional(),
});

function problemsOf(text: string): readonly string[] {
  const read = readYaml(text, 'f.yaml', schema);
  return read.ok ? [] : read.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

describe('what is wrong is named where it stands', () => {
  it.each([
    ['a value', 'name: 7', '1:7 expected a name'],
    ['a key that there is not, at that key', 'name: a\nnaem: b', '2:7 there is no setting "naem" here'],
    [
      'a key that is missing, at what should hold it',
      'every: 30s',
      '1:1 "name" is missing here; expected a name',
    ],
    [
      'of several ways the one that comes nearest',
      'name: a\nway: { turns: 0 }',
      '2:15 too small: expected number to be >=1',
    ],
    [
      'of several ways the one that comes nearest, whichever comes first in the schema',
      'name: a\nthen: { turns: 0 }',
      '2:16 too small: expected number to be >=1',
    ],
    [
      'of a list, at its item',
      'name: a\nlist: [1, x]',
      '2:11 invalid input: expected number, received string',
    ],
    ['a duration without a unit', 'name: a\nevery: 30', '2:8 expected a duration such as 30s or 5m'],
    [
      'a duration in a unit that is not meant',
      'name: a\nevery: 3d',
      '2:8 expected a duration such as 30s or 5m',
    ],
    ['no length at all', 'name: a\nevery: 0s', '2:8 a duration must be longer than nothing'],
  ])('%s', (_, text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  it('what is no YAML, at its place', () => {
    expect(problemsOf('name: [a')[0]).toMatch(/^1:\d+ this is no YAML: /);
  });

  it('ten at most, so that a file can be mended at a glance', () => {
    const keys = Array.from({ length: 30 }, (_, index) => `k${index}: 1`).join('\n');
    expect(problemsOf(`name: a\n${keys}`)).toHaveLength(10);
  });
});

it('aliases do not make ten lines into ten million', () => {
  const lines = ['a: &a [x, x, x, x, x, x, x, x, x]'];
  for (let i = 0; i < 8; i++) {
    const [from, to] = [String.fromCharCode(97 + i), String.fromCharCode(98 + i)];
    lines.push(
      `${to}: &${to} [*${from}, *${from}, *${from}, *${from}, *${from}, *${from}, *${from}, *${from}]`,
    );
  }
  expect(problemsOf(lines.join('\n'))).toEqual([expect.stringMatching(/^1:1 this is no YAML: .*alias/i)]);
  expect(problemsOf('name: *nobody')).toEqual([expect.stringMatching(/this is no YAML: .*nobody/)]);
});

it('a right file is its value, and still knows where each part stands', () => {
  const read = readYaml('name: a\n\nevery: 5m', 'f.yaml', schema);
  if (!read.ok) throw new Error('It is right.');
  expect(read.value).toEqual({ name: 'a', every: 300_000 });
  expect(read.problemAt(['every'], 'too often')).toEqual({
    file: 'f.yaml',
    line: 3,
    column: 8,
    message: 'too often',
  });
});
