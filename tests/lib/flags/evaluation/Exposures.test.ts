import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { decide } from '../../../../src/lib/flags/evaluation/decide.js';
import { Evaluator } from '../../../../src/lib/flags/evaluation/Evaluator.js';
import { FlagsReplica } from '../../../../src/lib/flags/FlagsReplica.js';
import type { FlagDocument } from '../../../../src/lib/flags/documents.js';
import { bodyOf } from '../../../../src/lib/state/committing/bodyOf.js';
import { everythingOff, type World } from '../../../../src/lib/flags/world.js';
import { isTracking, within } from '../../../../src/lib/health/recording/currentRun.js';
import { Recorder } from '../../../../src/lib/health/recording/Recorder.js';
import type { Run } from '../../../../src/lib/health/recording/Recording.js';
import { flagKeys, guildIds, step, type Step } from './worlds.js';

interface Exposure {
  readonly rollout: string;
  readonly arm: string;
  readonly isRandomised: boolean;
}

const evaluators: Evaluator[] = [];
afterEach(() => {
  for (const evaluator of evaluators.splice(0)) evaluator.close();
});

function replica(): { readonly world: FlagsReplica; readonly evaluator: Evaluator } {
  const evaluator: Evaluator = new Evaluator(() => world);
  const world = new FlagsReplica(true, { now: () => 0 }, evaluator);
  evaluators.push(evaluator);
  return { world, evaluator };
}

/** Every flag's rollout has an id of its own. */
function adopt(world: FlagsReplica, write: Step, v: number): void {
  if (write.ns === 'settings') {
    world.adopt('settings', 'switch', { v, schema: 1, off: write.off ? { by: '1', at: 0 } : null }, v);
  } else if (write.document === null) world.adopt(write.ns, write.key, null, v);
  else if (write.ns === 'flags' && write.document.rollout !== null) {
    const rollout = { ...write.document.rollout, id: `R-${write.key}` };
    world.adopt('flags', write.key, { ...bodyOf({ ...write.document, rollout }), v }, v);
  } else world.adopt(write.ns, write.key, { ...bodyOf(write.document), v }, v);
}

/** The run, noting on the way what it is told of. */
function noting(run: Run, found: Exposure[]): Run {
  return {
    name: run.name,
    guildId: run.guildId,
    isEnded: false,
    hasMet: (rollout) => run.hasMet(rollout),
    exposed: (rollout, arm, isRandomised) => {
      found.push({ rollout, arm, isRandomised });
      run.exposed(rollout, arm, isRandomised);
    },
    mark: (outcome) => run.mark(outcome),
    end: (outcome, durationMs) => run.end(outcome, durationMs),
  };
}

/** What a run in this guild meets while `ask` is called. */
function met(guildId: string | null, ask: () => void): Exposure[] {
  const found: Exposure[] = [];
  const run = new Recorder({ now: () => 0 }).begin({ name: 'test', guildId });
  within(noting(run, found), ask);
  return found.sort((a, b) => (a.rollout < b.rollout ? -1 : 1));
}

/** The law, from the plain rules. */
function expected(world: World, key: string, guildId: string): Exposure[] {
  if (everythingOff(world) !== undefined || !isAlive(world, key)) return [];
  const found = new Set([key]);
  for (const one of found) for (const other of world.flags.get(one)?.requires ?? []) found.add(other);
  return [...found]
    .map((one) => world.flags.get(one))
    .filter((flag): flag is FlagDocument => flag !== undefined && flag.rollout !== null)
    .map(({ key: one, rollout }) => {
      const { value, rule } = decide(world, one, guildId);
      const isRandomised = rule === 'percentage' || rule === 'otherwise';
      return { rollout: rollout?.id ?? '', arm: value ? 'canary' : 'control', isRandomised };
    })
    .sort((a, b) => (a.rollout < b.rollout ? -1 : 1));
}

/** Whether the flag can be on for any guild at all, as far as its settings tell. */
function isAlive(world: World, key: string, above: ReadonlySet<string> = new Set()): boolean {
  const flag = world.flags.get(key);
  if (flag === undefined || flag.archived !== null || !flag.enabled || flag.killed !== null) return false;
  if (above.has(key)) return false;
  const within = new Set(above).add(key);
  return flag.requires.every((required) => isAlive(world, required, within));
}

describe('a run', () => {
  it('meets the rollouts of the flags it asks for and of those they require, in the arm that the rules say', () => {
    let meetings = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
        const { world, evaluator } = replica();
        const views = guildIds.map((guildId) => evaluator.forGuild(guildId));
        for (const [at, write] of steps.entries()) {
          adopt(world, write, at + 1);
          for (const key of flagKeys) {
            for (const [index, guildId] of guildIds.entries()) {
              const asked = met(guildId, () => evaluator.isEnabled(key, guildId, false));
              for (let twice = 0; twice < 2; twice++)
                expect(met(guildId, () => views[index]?.isEnabled(key))).toEqual(asked);
              // At 0 % and without anybody chosen it is off for everyone as well, and nothing is met.
              if (asked.length === 0 && !evaluator.isOn(key, guildId)) continue;
              expect(asked, `${key} ${guildId}`).toEqual(expected(world, key, guildId));
              meetings += asked.length;
            }
          }
        }
      }),
      { numRuns: 160 },
    );
    expect(meetings).toBeGreaterThan(100);
  });

  it('meets a rollout wherever the flag can be on for some and off for others', () => {
    const { world, evaluator } = replica();
    const sample = fc.sample(
      step.filter((one) => one.ns === 'flags' && one.document !== null),
      { numRuns: 1, seed: 3 },
    )[0] as Extract<Step, { ns: 'flags' }> & { readonly document: FlagDocument };
    const flag: FlagDocument = {
      ...sample.document,
      key: 'a',
      enabled: true,
      killed: null,
      archived: null,
      requires: [],
      cohorts: {},
      ceiling: null,
      seed: null,
      basisPoints: 5000,
      rollout: { id: 'x', targets: [guildIds[2]] },
    };
    adopt(world, { ns: 'flags', key: 'a', document: flag }, 1);
    expect(met(guildIds[2], () => evaluator.isEnabled('a', guildIds[2], false))).toEqual([
      { rollout: 'R-a', arm: 'canary', isRandomised: false },
    ]);
    const others = guildIds.slice(3).flatMap((id) => met(id, () => evaluator.isEnabled('a', id, false)));
    expect(new Set(others.map(({ arm }) => arm))).toEqual(new Set(['canary', 'control']));
    expect(others.every(({ isRandomised }) => isRandomised)).toBe(true);
    // Of another guild, after the end, or outside of guilds, it meets nothing.
    expect(met(guildIds[3], () => evaluator.isEnabled('a', guildIds[2], false))).toEqual([]);
    expect(met(null, () => evaluator.isEnabled('a', null, false))).toEqual([]);
    expect(met(guildIds[3], () => evaluator.isOn('a', guildIds[3]))).toEqual([]);
  });

  it('is remembered only while a flag is under rollout', () => {
    const { world, evaluator } = replica();
    const flags = fc
      .sample(step, { numRuns: 300, seed: 5 })
      .filter((one) => one.ns === 'flags' && one.document?.rollout && one.document.archived === null);
    expect(isTracking()).toBe(false);
    adopt(world, flags[0]!, 1);
    expect(isTracking()).toBe(true);
    adopt(world, { ns: 'flags', key: flags[0]!.key, document: null }, 2);
    expect(isTracking()).toBe(false);
    adopt(world, flags[0]!, 3);
    evaluator.close();
    expect(isTracking()).toBe(false);
  });
});
