/** Killed at every commit, just before it lands and just after: another leader goes on, and nobody can tell the difference. */
import { describe, expect, it } from 'vitest';
import type { RollbackDocument } from '../../../src/lib/rollbacks/documents.js';
import type { Rollbacks } from '../../../src/lib/rollbacks/Rollbacks.js';
import type { Store } from '../../../src/lib/state/Store.js';
import { ada, guildsNamed } from '../flags/room.js';
import { asked, done, Ground, stepsOf } from './ground.js';

const flag = 'greeting';

class Killed extends Error {}

/** Dies at its n-th commit: it never returns from it, and does nothing any more. */
function dying(store: Store, n: number, when: 'before' | 'after'): Store {
  let commits = 0;
  const commit: Store['commit'] = async (one) => {
    commits++;
    if (commits > n || (commits === n && when === 'before')) throw new Killed();
    const receipt = await store.commit(one);
    if (commits === n) throw new Killed();
    return receipt;
  };
  return Object.assign(Object.create(store) as Store, { commit });
}

interface Run {
  readonly ground: Ground;
  readonly end: RollbackDocument;
  readonly wasKilled: boolean;
}

async function run(
  begin: (ground: Ground) => Promise<unknown>,
  ends: (document: RollbackDocument) => boolean,
  n: number,
  when: 'before' | 'after',
): Promise<Run> {
  let wrap = (store: Store): Store => store;
  const ground = await Ground.open({ guilds: guildsNamed(250), wrapRoom: (store) => wrap(store) });
  await ground.serve(flag);
  await begin(ground);
  wrap = (store) => dying(store, n, when);
  let room: Rollbacks = await ground.room();
  let wasKilled = false;
  for (let turn = 0; turn < 300; turn++) {
    const document = room.list()[0];
    if (document !== undefined && ends(document)) return { ground, end: document, wasKilled };
    try {
      await ground.turn(room);
    } catch (error) {
      if (!isKilled(error)) throw error;
      wasKilled = true;
      wrap = (store) => store;
      room.close();
      await room.rest();
      room = await ground.room();
    }
    ground.pass(1_000);
  }
  throw new Error(`It did not end: ${JSON.stringify(room.list()[0])}`);
}

function isKilled(error: unknown): boolean {
  return error instanceof Killed || (error instanceof AggregateError && error.errors.every(isKilled));
}

async function atEveryCommit(
  begin: (ground: Ground) => Promise<unknown>,
  ends: (document: RollbackDocument) => boolean,
  check: (run: Run) => Promise<void>,
): Promise<number> {
  for (const when of ['before', 'after'] as const) {
    for (let n = 1; ; n++) {
      const one = await run(begin, ends, n, when);
      await check(one);
      if (one.wasKilled) continue;
      if (when === 'after') return n - 1;
      break;
    }
  }
  return 0;
}

describe('killed at every commit', () => {
  it('an immediate rollback ends as if nothing had happened, and nobody is told anything twice', async () => {
    const kills = await atEveryCommit(
      (ground) => ground.now_(flag),
      ({ receipt }) => receipt !== null,
      async ({ ground, end }) => {
        expect(stepsOf(end)).toBe(
          'flags done, snapshot done, database skipped, bring-up done, hand-over done, take-down done, proof done',
        );
        expect(ground.on(flag)).toBe(0);
        expect(await ground.notices()).toHaveLength(6);
        expect(new Set(ground.ran).size).toBe(4);
      },
    );
    expect(kills).toBeGreaterThanOrEqual(10);
  }, 120_000);

  it('a gradual rollback comes down batch by batch to its end', async () => {
    const kills = await atEveryCommit(
      async (ground) => done(await ground.rollbacks.gradual({ ...asked(flag), flag })),
      ({ receipt }) => receipt !== null,
      async ({ ground, end }) => {
        expect(end.descent).toMatchObject({ affected: 250, off: 250, hurried: null });
        expect(end.descent?.batches).toHaveLength(2);
        const [one, two] = end.descent!.batches.map(({ at }) => at);
        expect(two! - one!).toBeGreaterThanOrEqual(29_000);
        expect(ground.flags.flag(flag)).toMatchObject({ ceiling: null, killed: { reason: 'it leaks' } });
        expect(await ground.notices()).toHaveLength(6);
      },
    );
    expect(kills).toBeGreaterThanOrEqual(12);
  }, 120_000);

  it('a cancelled one gives every guild back', async () => {
    await atEveryCommit(
      async (ground) => {
        done(await ground.rollbacks.gradual({ ...asked(flag), flag }));
        await ground.until(({ descent }) => descent?.batches.length === 2);
        done(await ground.rollbacks.cancel(flag, { by: ada }));
      },
      ({ state }) => state === 'cancelled',
      async ({ ground }) => {
        expect(ground.on(flag)).toBe(250);
        expect(ground.flags.flag(flag)).toMatchObject({ ceiling: null, killed: null });
        expect((await ground.notices()).filter(({ title }) => title.includes('was before'))).toHaveLength(3);
      },
    );
  }, 120_000);

  it('a leader that only loses the lease lets its step go, and the next one runs it again', async () => {
    const ground = await Ground.open();
    await ground.serve(flag);
    ground.fates.set('snapshot', () => new Promise(() => undefined));
    await ground.now_(flag);
    await ground.until(({ steps }) => steps[1]?.state === 'running');
    await ground.rollbacks.rest();
    ground.fates.delete('snapshot');
    const other = await ground.room();
    const end = await ground.until(({ state }) => state === 'completed', { room: other });
    expect(end.steps[1]).toMatchObject({ state: 'done' });
    expect(ground.ran.filter((name) => name === 'snapshot')).toHaveLength(2);
  });
});
