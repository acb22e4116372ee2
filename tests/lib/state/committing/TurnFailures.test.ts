import { describe, expect, it } from 'vitest';
import { TurnFailures } from '../../../../src/lib/state/committing/TurnFailures.js';
import { Conflict, Fenced, Unavailable } from '../../../../src/lib/state/errors.js';

const failing = (error: Error) => () => Promise.reject(error);

describe('a turn over many', () => {
  it('goes on past one that fails, and tells of all that did at its end', async () => {
    const failures = new TurnFailures();
    expect(await failures.apart(failing(new Error('the first is odd')))).toBeUndefined();
    expect(await failures.apart(failing(new Error('so is the second')))).toBeUndefined();
    expect(await failures.apart(() => Promise.resolve(7))).toBe(7);
    expect(() => {
      failures.end('rollbacks');
    }).toThrow('2 rollbacks could not be looked after: the first is odd');
  });

  it('does not count one that somebody changed in this moment', async () => {
    const failures = new TurnFailures();
    expect(await failures.apart(failing(new Conflict('rollbacks', 'R1', null)))).toBeUndefined();
    failures.end('rollbacks');
  });

  it.each([new Fenced('lost'), new Unavailable('away', 'none')])('ends at once by %o', async (error) => {
    await expect(new TurnFailures().apart(failing(error))).rejects.toBe(error);
  });
});
