import { describe, expect, it } from 'vitest';
import type { RollbackDocument } from '../../../src/lib/rollbacks/documents.js';
import { position } from '../../../src/lib/flags/position.js';
import { ada, guildId, guildsNamed, today } from '../flags/room.js';
import { asked, done, Ground, type GroundOptions, stepsOf } from './ground.js';

const flag = 'greeting';

async function coming(options: GroundOptions = {}, guilds = 1_000): Promise<Ground> {
  const ground = await Ground.open({ guilds: guildsNamed(guilds), ...options });
  await ground.serve(flag);
  done(await ground.rollbacks.gradual({ ...asked(flag), flag }));
  return ground;
}

const batches = (amount: number) => (document: RollbackDocument) =>
  document.descent?.batches.length === amount;
const isOff = ({ offAt }: RollbackDocument): boolean => offAt !== null;

describe('a gradual rollback', () => {
  it('takes nobody new and is off without a guild at once, but off for nobody before the first batch', async () => {
    const ground = await coming();
    expect(ground.on(flag)).toBe(1_000);
    expect(ground.flags.isEnabled(flag, null)).toBe(false);
    await ground.do({ do: 'edit', flag, facts: { beta: 'open' } });
    await ground.do({ do: 'enable', flag, basisPoints: 5_000 });
    await expect(ground.do({ do: 'beta-join', flag, guild: guildId(1) })).rejects.toThrow(
      'being rolled back',
    );
    expect(await ground.notices()).toMatchObject([{ pings: true }, {}, {}]);
  });

  it('keeps what the state was first, then comes down in batches of a hundred, 30 s apart, and kills at last', async () => {
    const ground = await coming();
    const on: number[] = [];
    const at: number[] = [];
    for (let n = 1; n <= 9; n++) {
      await ground.until(batches(n));
      on.push(ground.on(flag));
      at.push(ground.now - today);
      expect(ground.flags.flag(flag).killed).toBeNull();
    }
    expect(ground.ran[0]).toBe('snapshot');
    expect(on.every((left, index) => Math.abs(left - (900 - 100 * index)) < 10)).toBe(true);
    expect(at.map((ms) => ms - at[0]!)).toEqual(
      [0, 30, 60, 90, 120, 150, 180, 210, 240].map((s) => s * 1_000),
    );
    const end = await ground.until(({ state }) => state === 'completed');
    expect(ground.flags.flag(flag)).toMatchObject({ ceiling: null, killed: { reason: 'it leaks' } });
    expect(ground.on(flag)).toBe(0);
    expect(end.descent).toMatchObject({ affected: 1_000, batchSize: 100, off: 1_000, hurried: null });
    expect(stepsOf(end)).toBe(
      'snapshot done, database skipped, flags done, bring-up done, hand-over done, take-down done, proof done',
    );
    expect(end.offAt! - end.pressedAt).toBe(at[0]! + 270_000);
    expect(ground.forgotten).toContain(end.id);
  });

  it('takes guilds by their position, whatever their way in: allowed, opted in, or by the percentage', async () => {
    const ground = await Ground.open({ guilds: guildsNamed(400) });
    await ground.serve(flag, 4_000);
    const [first, second] = guildsNamed(400)
      .map(({ id }) => id)
      .sort((a, b) => position(flag, b) - position(flag, a)) as [string, string];
    await ground.do({ do: 'edit', flag, facts: { beta: 'open' } });
    await ground.do({ do: 'allow', flag, guild: first });
    await ground.do({ do: 'beta-join', flag, guild: second });
    done(await ground.rollbacks.gradual({ ...asked(flag), flag }));
    expect([first, second].map((id) => ground.flags.isEnabled(flag, id))).toEqual([true, true]);
    await ground.until(batches(1));
    expect([first, second].map((id) => ground.flags.isEnabled(flag, id))).toEqual([false, false]);
    expect(ground.flags.evaluate(flag, first).rule).toBe('ceiling');
    expect(ground.on(flag)).toBeGreaterThan(50);
  });

  it('of few guilds is one batch', async () => {
    const ground = await coming({}, 40);
    const end = await ground.until(isOff);
    expect(end.descent).toMatchObject({ batches: [], off: 40 });
    expect(ground.on(flag)).toBe(0);
  });

  it('is refused where nobody has it, and is left so where it is under way', async () => {
    const ground = await coming();
    const again = await ground.rollbacks.gradual({ ...asked(flag), flag });
    expect(again).toMatchObject({ status: 'unchanged' });
    await ground.serve('nobodys', 0);
    const asking = { ...asked('nobodys'), flag: 'nobodys' };
    await expect(ground.rollbacks.gradual(asking)).rejects.toThrow('on for no guild');
    await expect(ground.rollbacks.propose(asking, 'gradual')).rejects.toThrow('on for no guild');
  });

  it('says before how long it takes', async () => {
    const ground = await Ground.open({ guilds: guildsNamed(10_000) });
    await ground.serve(flag);
    const proposal = await ground.rollbacks.propose(asked(flag), 'gradual');
    expect(proposal.batches).toEqual({ count: 50, size: 200, minutes: 24.5 });
    expect(proposal.steps[2]).toBe(
      'Turned off: greeting goes off in 10,000 guilds, in 50 batches of up to 200.',
    );
  });

  it('writes documents of the same size for a hundred guilds and for ten thousand', async () => {
    const sizes: number[] = [];
    for (const guilds of [1_000, 10_000]) {
      const ground = await coming({ works: [] }, guilds);
      const document = await ground.until(batches(9));
      sizes.push(JSON.stringify({ ...document, sample: [] }).length);
    }
    expect(Math.abs(sizes[0]! - sizes[1]!)).toBeLessThan(100);
  });

  it('says in its notices who paused it, resumed it and took it back, and why', async () => {
    const ground = await coming();
    await ground.until(batches(1));
    const signed = async (title: string) =>
      (await ground.notices()).find((notice) => notice.title.includes(title))?.fields.slice(-2);
    done(await ground.rollbacks.pause(flag, { by: ada, reason: 'hold on' }));
    expect(await signed('is paused')).toMatchObject([
      { name: 'By', value: [{ user: ada.id }] },
      { name: 'Reason', value: 'hold on' },
    ]);
    done(await ground.rollbacks.resume(flag, { by: ada }));
    expect((await signed('goes on'))?.at(-1)).toMatchObject({ name: 'By' });
    done(await ground.rollbacks.cancel(flag, { by: ada, reason: 'it was us' }));
    expect((await signed('is cancelled'))?.at(-1)).toMatchObject({ name: 'Reason', value: 'it was us' });
  });

  it('pauses, goes on at the rhythm it had, and is made immediate by a person', async () => {
    const ground = await coming();
    const { id, revision } = await ground.until(batches(2));
    done(await ground.rollbacks.pause(flag, { by: ada, revision }));
    const stale = ground.rollbacks.resume(flag, { by: ada, revision });
    await expect(stale).rejects.toThrow('has moved on');
    const left = ground.on(flag);
    ground.pass(10 * 60_000);
    await ground.turn();
    expect(ground.on(flag)).toBe(left);
    expect((await ground.rollbacks.pause(flag, { by: ada })).status).toBe('unchanged');
    done(await ground.rollbacks.resume(flag, { by: ada, reason: 'go' }));
    await ground.turn();
    expect(ground.on(flag)).toBeLessThan(left);
    const hurried = done(await ground.rollbacks.hurry(id, { by: ada, reason: 'too slow' }));
    expect(ground.on(flag)).toBe(0);
    expect(hurried).toMatchObject({
      state: 'running',
      descent: { hurried: { why: 'Ada asked for it: too slow' } },
    });
    expect((await ground.rollbacks.hurry(id, { by: ada })).status).toBe('unchanged');
    await expect(ground.rollbacks.pause(id, { by: ada })).rejects.toThrow('off for everybody already');
    await ground.until(({ state }) => state === 'completed');
  });

  it('pressed “now” meanwhile is immediate at once, in the same rollback', async () => {
    const ground = await coming();
    const { id } = await ground.until(batches(1));
    const now = done(await ground.rollbacks.now(asked(flag, { reason: 'now' })));
    expect(now.id).toBe(id);
    expect(ground.on(flag)).toBe(0);
    expect(ground.flags.flag(flag).ceiling).toBeNull();
    expect((await ground.notices()).at(-1)?.title).toContain('off for everybody now');
  });

  it('cancelled, gives guilds back in reverse order, and leaves the flag as it was', async () => {
    const ground = await coming();
    const before = ground.flags.flag(flag);
    await ground.until(batches(3));
    const taken: number[] = [ground.on(flag)];
    done(await ground.rollbacks.cancel(flag, { by: ada }));
    for (let n = 2; n >= 1; n--) {
      await ground.until(batches(n));
      taken.push(ground.on(flag));
    }
    const end = await ground.until(({ state }) => state === 'cancelled');
    taken.push(ground.on(flag));
    expect(taken).toEqual([...taken].sort((a, b) => a - b));
    expect(taken.at(-1)).toBe(1_000);
    const { v: _, ceiling: __, updated: ___, servedSince: ____, ...same } = before;
    expect(ground.flags.flag(flag)).toMatchObject({ ...same, ceiling: null });
    expect(end.descent).toMatchObject({ off: 0, batches: [] });
    expect((await ground.notices()).at(-1)?.title).toContain('is where it was before');
    await expect(ground.rollbacks.resume(end.id, { by: ada })).rejects.toThrow('was cancelled');
    expect((await ground.rollbacks.gradual({ ...asked(flag), flag })).status).toBe('done');
  });

  it('cancelled during a freeze gives nothing back before the freeze is over', async () => {
    const ground = await coming();
    await ground.until(batches(2));
    const left = ground.on(flag);
    await ground.rollouts.freeze.start({ by: ada, reason: 'a launch' });
    done(await ground.rollbacks.cancel(flag, { by: ada }));
    for (let turn = 0; turn < 5; turn++) {
      ground.pass(30_000);
      await ground.turn();
    }
    expect(ground.on(flag)).toBe(left);
    expect(ground.rollbacks.status(flag).steps[2]?.detail).toContain('Ada froze everything (a launch)');
    await ground.rollouts.freeze.stop(ada);
    await ground.until(({ state }) => state === 'cancelled');
    expect(ground.on(flag)).toBe(1_000);
  });

  it('ends where the flag is killed or archived meanwhile', async () => {
    for (const change of ['kill', 'archive'] as const) {
      const ground = await coming();
      await ground.until(batches(1));
      await ground.do({ do: change, flag });
      const end = await ground.until(({ state }) => state === 'completed');
      expect(end.descent?.hurried?.why).toContain('meanwhile');
      expect(ground.on(flag)).toBe(0);
    }
  });

  it('after an absence of the leader goes on with one batch, and makes up for nothing', async () => {
    const ground = await coming();
    await ground.until(batches(2));
    ground.pass(20 * 60_000);
    await ground.turn();
    expect(ground.rollbacks.status(flag).descent?.batches).toHaveLength(3);
    await ground.turn();
    expect(ground.rollbacks.status(flag).descent?.batches).toHaveLength(3);
  });

  it('guilds that join meanwhile have it no longer than the last batch', async () => {
    const guilds = [...guildsNamed(300)];
    const ground = await coming({ guilds });
    await ground.until(batches(2));
    for (let at = 300; at < 340; at++) guilds.push({ ...guilds[0]!, id: guildId(at) });
    await ground.flags.directory.refresh();
    await ground.until(isOff);
    expect(ground.on(flag)).toBe(0);
  });
});

describe('between two batches', () => {
  const limits: readonly [string, (ground: Ground) => void, string][] = [
    [
      'a crash storm among those that still have it',
      (ground) => {
        ground.base = guildsNamed(1_000).map(({ id: guild }) => ({
          at: ground.now + 25_000,
          counts: { guild, runs: 4, failures: ground.flags.isEnabled(flag, guild) ? 3 : 0, durations: {} },
        }));
      },
      'of the commands with the feature failed within minutes',
    ],
    [
      'a database that does not answer',
      (ground) => {
        const failed = { at: ground.realNow, isHealthy: false };
        ground.processes = [
          {
            ...{ process: 'p', at: 0, flushedUntil: 0, startedAt: 0, memory: [], gatewayPingMs: null },
            eventLoopDelayMs: { median: 0, p99: 0, max: 0 },
            probes: { postgres: [failed, failed, failed] },
          },
        ];
      },
      'postgres',
    ],
    [
      'people who report critical problems after it began',
      (ground) => {
        ground.reports = Array.from({ length: 6 }, (_, at) => ({
          ...{ reporter: `r${at}`, guild: guildId(at), hasFeature: true, at: ground.now },
        }));
      },
      'people in 6 guilds reported',
    ],
  ];

  it.each(limits)('%s makes it immediate, and says why', async (_name, happens, why) => {
    const ground = await coming();
    await ground.until(batches(1));
    happens(ground);
    const end = await ground.until(isOff);
    expect(end.descent?.batches).toHaveLength(1);
    expect(end.descent?.hurried?.why).toContain(why);
    expect(ground.on(flag)).toBe(0);
    const hurried = (await ground.notices()).filter(({ title }) =>
      title.endsWith('is off for everybody now'),
    );
    expect(hurried.map(({ pings }) => pings)).toEqual([true, false, false]);
  });

  /** A minute of traffic of every guild, in which guilds fail with a chance of their own. */
  function minute(ground: Ground, failing: (id: string) => number): void {
    let n = ground.base.length;
    ground.base = [
      ...ground.base,
      ...ground.flags.directory.all.map(({ id: guild }) => {
        // A sequence that is even enough, and the same every time.
        n++;
        const chance = (n * 0.618034) % 1;
        const failures = chance < failing(guild) ? 1 : 0;
        return { at: ground.now, counts: { guild, runs: 20, failures, durations: {} } };
      }),
    ];
  }

  async function withControl(): Promise<Ground> {
    const ground = await Ground.open({ guilds: guildsNamed(4_000), works: [] });
    await ground.serve(flag, 5_000);
    done(await ground.rollbacks.gradual({ ...asked(flag), flag }));
    return ground;
  }

  it('guilds that do not recover, against those that never had it, make it immediate', async () => {
    const ground = await withControl();
    const had = new Set(
      guildsNamed(4_000)
        .map(({ id }) => id)
        .filter((id) => ground.flags.isEnabled(flag, id)),
    );
    for (let passed = 0; passed < 24 && !isOff(ground.rollbacks.status(flag)); passed++) {
      minute(ground, (id) => (had.has(id) ? 0.12 : 0.02));
      ground.pass(30_000);
      await ground.turn();
    }
    const { descent } = ground.rollbacks.status(flag);
    expect(descent?.hurried?.why).toContain('still fail more than 1.2x as often');
    expect(descent?.batches.length).toBeGreaterThan(9);
  });

  it('guilds that recover let it go on to its end', async () => {
    const ground = await withControl();
    for (let passed = 0; passed < 24; passed++) {
      minute(ground, (id) => (ground.flags.isEnabled(flag, id) ? 0.12 : 0.02));
      ground.pass(30_000);
      await ground.turn();
    }
    const { descent, offAt } = ground.rollbacks.status(flag);
    expect(offAt).not.toBeNull();
    expect(descent?.hurried).toBeNull();
    expect(descent?.evidence.until).toBeGreaterThan(today);
  });
});
