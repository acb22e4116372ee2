import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { container, UserError, type SapphireClient } from '@sapphire/framework';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { currentRun, track } from '../../../src/lib/health/recording/currentRun.js';
import { measureHost } from '../../../src/plugin/measuring/measureHost.js';
import { allWays, askedWays, gatedWays, guildId, startHost, ways, type Subject, type Way } from './host.js';
import { SpyRecording } from './SpyRecording.js';

const recording = new SpyRecording();
const rollouts = {};
let client: SapphireClient;

beforeAll(async () => {
  const host = startHost();
  client = host.client;
  measureHost(client, container.stores, recording);
  await host.load();
});

beforeEach(() => {
  recording.clear();
  track(rollouts, true);
});

afterAll(async () => {
  track(rollouts, false);
  await client.destroy();
});

const subjectOf = (facts: Partial<Subject>): Subject => ({
  guildId,
  work: () => undefined,
  before: () => undefined,
  ...facts,
});

/** Goes that way and waits for the end of the run. */
async function go(way: Way, facts: Partial<Subject>) {
  ways[way](client, subjectOf(facts));
  await recording.until(1);
  expect(recording.runs).toHaveLength(1);
  return recording.runs[0]!;
}

const meet = (rolloutId: string): void => currentRun()?.exposed(rolloutId, 'canary', true);

describe('on every way into a host', () => {
  it.each(allWays)('%s that returns is a run that went well', async (way) => {
    const run = await go(way, { work: () => meet('R1') });
    expect(run).toMatchObject({ guildId, outcome: 'ok', met: ['R1'] });
  });

  it.each(allWays)('%s that throws is a failure, also where someone else catches the error', async (way) => {
    const work = async (): Promise<never> => {
      await turn();
      meet('R1');
      throw new Error('broken');
    };
    expect(await go(way, { work })).toMatchObject({ outcome: 'error', met: ['R1'] });
  });

  it.each(allWays)('%s that tells a person of their own mistake is no failure', async (way) => {
    const work = (): never => {
      throw new UserError({ identifier: 'typo', message: 'not a number' });
    };
    expect(await go(way, { work })).toMatchObject({ outcome: 'user-error' });
  });

  it.each(gatedWays)(
    '%s that a precondition denies is refused, and has met what the precondition met',
    async (way) => {
      const before = async (): Promise<string> => {
        await turn();
        meet('R1');
        return 'deny';
      };
      expect(await go(way, { before })).toMatchObject({ outcome: 'refused', met: ['R1'] });
    },
  );

  it.each(askedWays)('%s takes over the run of what was asked before it', async (way) => {
    const run = await go(way, { before: () => meet('R1'), work: () => meet('R2') });
    expect(run).toMatchObject({ outcome: 'ok', met: ['R1', 'R2'] });
  });

  it.each(askedWays)('%s fails where what is asked before it throws', async (way) => {
    const before = (): never => {
      meet('R1');
      throw new Error('broken');
    };
    client.once('listenerError', () => undefined);
    expect(await go(way, { before })).toMatchObject({ outcome: 'error', met: ['R1'] });
  });

  it.each(allWays)(
    '%s may answer with a thenable that begins its work at `then`: it is begun once',
    async (way) => {
      let begun = 0;
      const lazy = {
        then: (resolve: (value: unknown) => void) => {
          begun += 1;
          resolve(undefined);
        },
      };
      await go(way, { work: () => lazy });
      await turn();
      expect(begun).toBe(1);
    },
  );
});

describe('without a rollout', () => {
  it.each(allWays.filter((way) => way !== 'a listener'))(
    '%s is measured, and nothing is remembered',
    async (way) => {
      track(rollouts, false);
      let seen: unknown = 'not called';
      const run = await go(way, { work: () => (seen = currentRun()) });
      expect(run).toMatchObject({ outcome: 'ok', met: [] });
      expect(seen).toBeUndefined();
    },
  );

  it('listeners are not measured at all', async () => {
    track(rollouts, false);
    await new Promise<void>((resolve) => {
      ways['a listener'](client, subjectOf({ work: () => resolve() }));
    });
    expect(recording.runs).toEqual([]);
  });
});

/** Numbers that look random and are the same every time. */
function* numbers(): Generator<number> {
  for (let seed = 42; ;) yield (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31);
}

/** Comes back in another way than the one before, out of step with other runs. */
async function drift(random: number): Promise<void> {
  if (random % 5 === 0) await wait(random % 4);
  else if (random % 5 === 1) await turn();
  else if (random % 5 === 2) await new Promise<void>((resolve) => process.nextTick(resolve));
  else if (random % 5 === 3) await new Promise<void>((resolve) => queueMicrotask(resolve));
  else await Promise.all([Promise.resolve(), turn()]);
}

describe('700 runs at once', () => {
  it('meet only what they met themselves, all of it, and nothing after their end', async () => {
    const random = numbers();
    const next = (): number => random.next().value as number;
    const late: Promise<void>[] = [];
    let unattributed = 0;
    let leaked = 0;
    const expected = new Map<string, string>();
    for (let n = 0; n < 700; n++) {
      const own = `R${n}`;
      const evaluate = (): void => {
        const run = currentRun();
        if (run === undefined) unattributed += 1;
        else if (!run.isEnded) run.exposed(own, 'canary', true);
      };
      const some = async (): Promise<void> => {
        for (let step = 0; step < 14; step++) {
          evaluate();
          await drift(next());
          evaluate();
        }
      };
      const way = allWays[n % allWays.length]!;
      const fails = next() % 4 === 0;
      const isDenied = gatedWays.includes(way) && next() % 5 === 0;
      const work = async (): Promise<void> => {
        await Promise.all([some(), drift(next()).then(evaluate)]);
        late.push(wait(5).then(() => currentRun()?.exposed(own, 'canary', true)));
        if (fails) throw new Error('broken');
      };
      const before = async (): Promise<unknown> => {
        evaluate();
        await drift(next());
        evaluate();
        return isDenied ? 'deny' : undefined;
      };
      expected.set(own, isDenied ? 'refused' : fails ? 'error' : 'ok');
      ways[way](client, subjectOf({ work, before }));
      if (currentRun() !== undefined) leaked += 1;
      // A few begin together, others while those are under way.
      if (next() % 3 === 0) await turn();
    }
    await recording.until(700);
    await Promise.all(late);
    expect({ unattributed, leaked }).toEqual({ unattributed: 0, leaked: 0 });
    const wrong = recording.runs.filter(({ met }) => new Set(met).size !== 1);
    expect(wrong).toEqual([]);
    expect(new Map(recording.runs.map(({ met, outcome }) => [met[0], outcome]))).toEqual(expected);
    const strayed = recording.runs.filter((run) => run.late.some((id) => id !== run.met[0]));
    expect(strayed).toEqual([]);
    expect(recording.runs.reduce((sum, { met }) => sum + met.length, 0)).toBeGreaterThan(18_000);
  }, 60_000);
});
