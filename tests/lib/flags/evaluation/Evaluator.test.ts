import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../../src/lib/flags/evaluation/decide.js';
import { Evaluator } from '../../../../src/lib/flags/evaluation/Evaluator.js';
import { FlagsReplica } from '../../../../src/lib/flags/FlagsReplica.js';
import { bodyOf } from '../../../../src/lib/state/committing/bodyOf.js';
import type { StoredDocument } from '../../../../src/lib/state/Store.js';
import { flagKeys, guildIds, step, type Step } from './worlds.js';

function replica(servesFlags = true): { readonly replica: FlagsReplica; readonly evaluator: Evaluator } {
  const evaluator: Evaluator = new Evaluator(() => documents);
  const documents = new FlagsReplica(servesFlags, { now: () => 0 }, evaluator);
  return { replica: documents, evaluator };
}

function stored(write: Step, v: number): StoredDocument | null {
  if (write.ns === 'settings') return { v, schema: 1, off: write.off ? { by: '1', at: 0 } : null };
  return write.document === null ? null : { ...bodyOf(write.document), v };
}

const guilds = [...guildIds, null];
const keys = [...flagKeys, 'nobody'];

describe('the fast evaluator', () => {
  it('answers as the plain rules do, after every change of every document', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), fc.boolean(), (steps, fallback) => {
        const { replica: world, evaluator } = replica();
        const views = guilds.map((guildId) => evaluator.forGuild(guildId));
        for (const [at, write] of steps.entries()) {
          world.adopt(write.ns, write.key, stored(write, at + 1), at + 1);
          for (const key of keys) {
            for (const [index, guildId] of guilds.entries()) {
              const { value } = decide(world, key, guildId, fallback);
              expect(evaluator.isEnabled(key, guildId, fallback), `${key} ${guildId}`).toBe(value);
              expect(views[index]?.isEnabled(key, fallback), `view ${key} ${guildId}`).toBe(value);
              const plain = decide(world, key, guildId).value;
              expect(views[index]?.isOn(evaluator.handle(key)), `handle ${key} ${guildId}`).toBe(plain);
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('answers as the plain rules do while something is off in this process alone, and after', () => {
    const what = fc.constantFrom<(string | null)[]>(null, ...flagKeys);
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 25 }), fc.array(what), (steps, offHere) => {
        const { replica: world, evaluator } = replica();
        const views = guilds.map((guildId) => evaluator.forGuild(guildId));
        const compare = (): void => {
          for (const key of keys) {
            for (const [index, guildId] of guilds.entries()) {
              const { value } = decide(world, key, guildId, true);
              expect(evaluator.isEnabled(key, guildId, true), `${key} ${guildId}`).toBe(value);
              expect(views[index]?.isEnabled(key, true), `view ${key} ${guildId}`).toBe(value);
              if (world.offHere.flags.has(key)) expect(decide(world, key, guildId).value).toBe(false);
            }
          }
        };
        for (const [at, write] of steps.entries())
          world.adopt(write.ns, write.key, stored(write, at + 1), at + 1);
        const lifts = offHere.map((key) => {
          const lift = world.offHere.add(key, { by: '1', at: 0 });
          compare();
          return lift;
        });
        if (offHere.length > 0) evaluator.reloaded();
        compare();
        for (const lift of lifts) {
          lift();
          lift();
          compare();
        }
      }),
      { numRuns: 40 },
    );
  });

  it('loaded at once, it answers as it does when it followed every step', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const followed = replica();
        for (const [at, write] of steps.entries()) {
          followed.replica.adopt(write.ns, write.key, stored(write, at + 1), at + 1);
        }
        const loaded = replica();
        const { flags, guilds: entries, cohorts, killSwitch } = followed.replica;
        Object.assign(loaded.replica, { flags, guilds: entries, cohorts, killSwitch });
        loaded.evaluator.reloaded();
        followed.evaluator.reloaded();
        for (const key of keys) {
          for (const guildId of guilds) {
            const { value } = decide(followed.replica, key, guildId);
            expect(loaded.evaluator.isEnabled(key, guildId, false)).toBe(value);
            expect(followed.evaluator.isEnabled(key, guildId, false)).toBe(value);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('with flags switched off by configuration, nothing is on, not even the default of an unknown flag', () => {
    const { evaluator, replica: world } = replica(false);
    evaluator.reloaded();
    expect(world.servesFlags).toBe(false);
    expect(evaluator.isEnabled('nobody', null, true)).toBe(false);
    expect(evaluator.forGuild(null).isEnabled('nobody', true)).toBe(false);
  });

  it('counts what was asked for, and begins anew when the counts are taken', () => {
    const { evaluator, replica: world } = replica();
    const [flag] = fc.sample(
      step.filter((one) => one.ns === 'flags' && one.document !== null && one.document.archived === null),
      { numRuns: 1, seed: 7 },
    );
    if (flag?.ns !== 'flags') throw new Error('a flag was sampled');
    world.adopt('flags', flag.key, stored(flag, 1), 1);
    const view = evaluator.forGuild(guildIds[0]);
    evaluator.isEnabled(flag.key, guildIds[0], false);
    view.isEnabled(flag.key);
    view.isOn(evaluator.handle(flag.key));
    evaluator.isEnabled('nobody', null, false);
    expect([...evaluator.takeCounts()], 'a view counts once').toEqual([[flag.key, 2]]);
    expect([...evaluator.takeCounts()]).toEqual([]);
    view.isEnabled(flag.key);
    expect([...evaluator.takeCounts()]).toEqual([[flag.key, 1]]);
  });
});
