import { describe, expect, test } from 'vitest';
import type { World } from '../../../../src/lib/flags/world.js';
import type { Question, RollCall } from '../../../../src/lib/presence/PresenceRoom.js';
import { proving, type ProvingOptions } from '../../../../src/lib/rollbacks/proof/proving.js';
import { Unavailable } from '../../../../src/lib/state/errors.js';
import { answerOf, off, pressedAt, rollbackWith, rollCall, whole, working } from './ground.js';

const hour = 60 * 60_000;
const nobody = rollbackWith({ affected: { guilds: 0, members: 0 }, sample: [] });
const noWorld = {
  ...{ servesFlags: true, flags: new Map(), guilds: new Map(), cohorts: new Map(), killSwitch: undefined },
} satisfies World;

function ground(more: Partial<ProvingOptions> = {}, roll: RollCall = rollCall([answerOf('a', off)])) {
  const asked: Question[] = [];
  const warnings: unknown[] = [];
  const runs = { commands: 0, integrity: 0 };
  const time = { at: pressedAt };
  const said = { roll };
  const options: ProvingOptions = {
    presence: {
      ask: async (question) => {
        asked.push(question);
        return said.roll;
      },
    },
    records: { baseUnits: async () => [], settledUntil: async () => null },
    rollout: () => undefined,
    world: () => noWorld,
    commands: async () => {
      runs.commands += 1;
      return working;
    },
    integrity: async () => {
      runs.integrity += 1;
      return whole;
    },
    clock: { now: () => time.at },
    random: (size) => new Uint8Array(size).fill(asked.length),
    warn: (_, cause) => void warnings.push(cause),
    ...more,
  };
  return { prove: proving(options), asked, warnings, runs, time, said };
}

describe('the proof', () => {
  test('is known at once where everything is', async () => {
    const { prove, asked } = ground();
    const proof = await prove(nobody, null);
    expect(proof).toMatchObject({ verdict: 'proven', isFinal: true, beganAt: pressedAt });
    expect(proof.checks.map(({ name, verdict }) => `${name} ${verdict}`)).toEqual([
      'flags-off passed',
      'performance-restored passed',
      'errors-normal passed',
      'commands-work passed',
      'data-integrity passed',
    ]);
    expect(asked).toMatchObject([{ kind: 'flags-off', body: { flag: 'new_greeting', sample: [] } }]);
  });

  test('is looked for again where something is not known, and only that', async () => {
    const { prove, asked, runs, time, said } = ground({}, rollCall([], ['b']));
    const first = await prove(nobody, null);
    expect(first).toMatchObject({ verdict: 'unknown', isFinal: false });
    said.roll = rollCall([answerOf('a', off), answerOf('b', off)]);
    time.at += 30_000;
    const second = await prove(nobody, first);
    expect(second).toMatchObject({ verdict: 'proven', isFinal: true, beganAt: pressedAt, at: time.at });
    expect(asked.map(({ id }) => id)).toHaveLength(2);
    expect(new Set(asked.map(({ id }) => id)).size).toBe(2);
    expect(runs).toEqual({ commands: 1, integrity: 1 });
  });

  test('fails with a process that stays silent for the hour, and ends there', async () => {
    const { prove, time } = ground({}, rollCall([answerOf('a', off)], ['b']));
    const first = await prove(nobody, null);
    time.at += hour;
    const last = await prove(nobody, first);
    expect(last).toMatchObject({ verdict: 'failed', isFinal: true });
    expect(last.checks[0]).toMatchObject({ name: 'flags-off', verdict: 'failed' });
  });

  test('stays unknown where there never was enough data, and ends with the hour', async () => {
    const { prove, time } = ground();
    const first = await prove(rollbackWith({ sample: [] }), null);
    expect(first).toMatchObject({ verdict: 'unknown', isFinal: false });
    time.at += hour;
    expect(await prove(rollbackWith({ sample: [] }), first)).toMatchObject({
      verdict: 'unknown',
      isFinal: true,
    });
  });

  test('fails at once with one check, while the others are still looked for', async () => {
    const commands = async () => ({ ...working, verdict: 'failed', sentence: '/hello is gone.' }) as const;
    const { prove } = ground({ commands });
    const proof = await prove(rollbackWith({ sample: [] }), null);
    expect(proof).toMatchObject({ verdict: 'failed', isFinal: false });
    expect(proof.checks[3]).toMatchObject({ verdict: 'failed', sentence: '/hello is gone.' });
  });

  test('throws where the store is away', async () => {
    const integrity = () => Promise.reject(new Unavailable('away', 'none'));
    await expect(ground({ integrity }).prove(nobody, null)).rejects.toThrow(Unavailable);
  });

  test('takes a check that broke for not known, never for passed, and tells the log', async () => {
    const integrity = () => Promise.reject(new TypeError('no such thing'));
    const { prove, warnings } = ground({ integrity });
    const proof = await prove(nobody, null);
    expect(proof).toMatchObject({ verdict: 'unknown', isFinal: false });
    expect(proof.checks[4]?.sentence).toBe('It could not be looked at: no such thing');
    expect(warnings).toHaveLength(1);
  });
});
