import { describe, expect, test } from 'vitest';
import type { Json } from '../../../../../src/lib/core/Json.js';
import {
  answerFlagsOff,
  concludeFlagsOff,
  flagsOff,
  flagsOffQuestion,
  type Evaluating,
} from '../../../../../src/lib/rollbacks/proof/checks/flagsOff.js';
import type { RollCall } from '../../../../../src/lib/presence/PresenceRoom.js';
import { answerOf, off, rollCall } from '../ground.js';

const facts = { sample: ['1', '2'], seq: 7, isLast: false };
const found = (roll: RollCall, more: Partial<typeof facts> = {}) => {
  const finding = flagsOff(roll, { ...facts, ...more });
  // Whoever reads the evidence comes to the same.
  expect(concludeFlagsOff(finding.evidence)).toEqual({
    verdict: finding.verdict,
    sentence: finding.sentence,
  });
  expect(JSON.stringify(finding.evidence).length).toBeLessThan(8_192);
  return finding;
};

describe('flags off', () => {
  test('passes where every process answered, knows the commit and evaluates all of the sample as off', () => {
    expect(found(rollCall([answerOf('a', off), answerOf('b', off, 7)]))).toMatchObject({
      verdict: 'passed',
      sentence:
        'Off in all 2 processes, asked about 2 guilds that had it on; each has read change #7 or a later one.',
    });
  });

  test('fails at once where a process has it on, for a guild or without one', () => {
    const on = found(rollCall([answerOf('a', off), answerOf('b', { ...off, on: ['2'] })], ['c']));
    expect(on.verdict).toBe('failed');
    expect(on.sentence).toContain('Still on in 1 process: b (1.0.0) for guild 2.');
    const direct = found(rollCall([answerOf('a', { ...off, isOnWithoutGuild: true })]));
    expect(direct).toMatchObject({ verdict: 'failed' });
  });

  test('names a process that does not answer: not known, and a failure when the hour is over', () => {
    const roll = rollCall([answerOf('a', off)], ['b']);
    expect(found(roll).verdict).toBe('unknown');
    expect(found(roll).sentence).toContain('no answer from b (0.9.0)');
    expect(found(roll, { isLast: true }).verdict).toBe('failed');
  });

  test.each<[string, Json, number]>([
    ['does not know the commit yet', off, 6],
    ['cannot tell, as an older release', null, 9],
    ['broke over the question', { error: 'x' }, 9],
    ['evaluated less than it was asked for', { ...off, evaluated: 1 }, 9],
  ])('is not known while a process %s', (_, body, seq) => {
    const finding = found(rollCall([answerOf('a', off), answerOf('b', body, seq)]));
    expect(finding.verdict).toBe('unknown');
    expect(finding.sentence).toContain('b (1.0.0) did not know of it yet or could not say');
  });

  test('is not known where nobody answers at all', () => {
    expect(found(rollCall([])).verdict).toBe('unknown');
  });

  test('stays small with a thousand processes, and leaves out none that is not well', () => {
    const many = Array.from({ length: 1_000 }, (_, n) => answerOf(`host-${n}-abcdefgh`, off));
    expect(found(rollCall(many))).toMatchObject({ verdict: 'passed' });
    const one = found(rollCall([...many, answerOf('late', { ...off, on: ['1'] })]));
    expect(one.sentence).toContain('late (1.0.0)');
  });

  test('is not concluded from anything else than its evidence', () => {
    expect(concludeFlagsOff({ any: 1 })).toBeUndefined();
  });
});

describe('a process', () => {
  const flags = (on: readonly string[]): Evaluating => ({
    list: () => [{ key: 'a' }, { key: 'b' }] as unknown as ReturnType<Evaluating['list']>,
    isOn: (flag, guildId) => on.includes(`${flag}@${guildId}`),
    evaluate: (flag) => ({ value: on.includes(flag) }) as ReturnType<Evaluating['evaluate']>,
  });

  test('answers for the flag that it is asked about', () => {
    const body = flagsOffQuestion({ flag: 'a', sample: ['1', '2'] });
    expect(answerFlagsOff(flags(['a@2', 'b@1', 'b']))(body)).toEqual({
      ...{ evaluated: 2, on: ['2'], isOnWithoutGuild: false },
    });
  });

  test('answers for every flag where everything was turned off', () => {
    const body = flagsOffQuestion({ flag: null, sample: ['1', '2'] });
    expect(answerFlagsOff(flags(['b@1', 'a']))(body)).toEqual({
      ...{ evaluated: 2, on: ['1'], isOnWithoutGuild: true },
    });
  });
});
