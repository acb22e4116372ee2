import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { World } from './World.js';

const slow = { timeout: 60_000 };

describe('every event is answered exactly once', () => {
  it('over ten handovers to and fro, a hundred events a second, two processes a release', slow, async () => {
    const world = new World();
    const asker = await world.start('a1', '1');
    await world.start('b1', '2');
    await world.time.pass(3_000);
    for (let n = 0; n < 10; n += 1) {
      void world.handOver(asker, n % 2 === 0 ? '1' : '2');
      await world.live(2_000);
    }
    await world.time.pass(3_000);
    expect(world.answers).toHaveLength(2_000);
    expect(world.wrong).toEqual([]);
    expect(world.errors).toEqual([]);
    const turns = world.answers.map(({ by }) => by[0]).filter((by, at, all) => by !== all[at - 1]);
    expect(turns).toHaveLength(11);
  });

  it('however slow the feed, the store and Discord are, and wherever its clock is', slow, async () => {
    const bot = fc.record({
      lagMs: fc.integer({ min: 0, max: 1_500 }),
      latencyMs: fc.integer({ min: 0, max: 40 }),
      gatewayMs: fc.integer({ min: 0, max: 1_000 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(bot, { minLength: 2, maxLength: 2 }),
        // Ahead by more, events are held longer than Discord waits, and are let go.
        fc.integer({ min: -3_000, max: 1_000 }),
        fc.integer({ min: 300, max: 2_000 }),
        async (bots, skewMs, everyMs) => {
          const world = new World();
          world.skewMs = skewMs;
          const started = [];
          for (const [n, { lagMs, latencyMs, gatewayMs }] of bots.entries()) {
            started.push(await world.start(`p${n}`, `r${n}`, { gatewayMs, line: { lagMs, latencyMs } }));
          }
          await world.time.pass(6_000);
          for (let n = 0; n < 4; n += 1) {
            const asked = started[n % 2];
            if (asked) void world.handOver(asked, `r${n % 2}`);
            await world.live(everyMs, 50);
          }
          await world.live(3_000, 50);
          await world.time.pass(5_000);
          expect(world.wrong).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  const steps: readonly (readonly [string, (world: World) => boolean])[] = [
    ['the handover was prepared', ({ document }) => document.handover !== null],
    [
      'it acknowledged',
      ({ bots, document }) =>
        document.handover !== null &&
        bots.some(
          ({ name, releases }) => name === 'a2' && releases.document?.handover?.id === document.handover?.id,
        ),
    ],
    ['the moment was set', ({ document }) => document.handover === null && document.active.release === '1'],
  ];
  it.each(steps)('whoever asked is killed right after %s', slow, async (_, isReached) => {
    const world = new World();
    await world.start('a1', '1');
    const asker = await world.start('a2', '1', { shards: [] });
    await world.start('b1', '2');
    await world.time.pass(3_000);
    expect(world.document.active.release).toBe('2');
    // The one that asks serves no shard: two that serve the same one would both answer.
    let isKilled = false;
    void world.handOver(asker, '1').catch(() => undefined);
    for (let ms = 0; ms < 45_000;) {
      const step = isKilled ? 20 : 1;
      world.event();
      await world.time.pass(step);
      ms += step;
      if (!isKilled && isReached(world)) {
        world.kill(asker);
        isKilled = true;
      }
    }
    await world.time.pass(3_000);
    expect(isKilled).toBe(true);
    expect(world.document).toMatchObject({ active: { release: '1' }, handover: null });
    expect(world.wrong).toEqual([]);
  });
});
