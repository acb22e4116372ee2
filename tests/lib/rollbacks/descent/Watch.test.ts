import { describe, expect, it } from 'vitest';
import { position } from '../../../../src/lib/flags/position.js';
import type { BaseCounts } from '../../../../src/lib/health/recording/HealthRecords.js';
import { Watch } from '../../../../src/lib/rollbacks/descent/Watch.js';
import type { RollbackDocument } from '../../../../src/lib/rollbacks/documents.js';
import { asked, done, Ground } from '../ground.js';
import { guildsNamed, today } from '../../flags/room.js';

const flag = 'greeting';
const guilds = guildsNamed(2_000);
const unitMs = 5 * 60_000;
const place = (guild: string): number => position(flag, guild);

/** Half of all guilds had it; it is off for the upper half of these since before the first unit. */
async function ground() {
  const ground = await Ground.open({ guilds });
  await ground.serve(flag, 5_000);
  const begun = done(await ground.rollbacks.gradual({ ...asked(flag), flag }));
  const descent = { ...begun.descent!, batches: [{ ceiling: 2 ** 30, guilds: 500, at: today }] };
  const document: RollbackDocument = { ...begun, descent };
  const isBack = (guild: string): boolean => place(guild) >= 2 ** 30 && place(guild) < 2 ** 31;
  const isControl = (guild: string): boolean => place(guild) >= 2 ** 31;
  return { ground, document, descent, isBack, isControl };
}

function watchOf(rows: readonly BaseCounts[], now: number) {
  const asks: (readonly [number, number])[] = [];
  const watch = new Watch({
    records: {
      baseBetween: (from, to) => {
        asks.push([from, to]);
        return Promise.resolve(rows);
      },
      freeze: () => Promise.resolve({ rowOf: () => 0, errorOffset: () => 0.05 } as never),
      baseline: () => Promise.resolve(undefined),
      forgetBaseline: () => Promise.resolve(),
      settledUntil: () => Promise.resolve(now),
      processes: () => Promise.resolve([]),
    },
    feedback: { criticalReports: () => Promise.resolve([]) },
    clock: { now: () => now },
    realTime: { now: () => 0 },
  });
  return { watch, asks };
}

/** Of a thousand guilds of each kind the first few fail, one run of ten. */
function rowsWith(failingBack: number, failingControl: number, kinds: Awaited<ReturnType<typeof ground>>) {
  let [back, control] = [0, 0];
  return guilds.map(({ id: guild }): BaseCounts => {
    const fails =
      (kinds.isBack(guild) && back++ < failingBack) || (kinds.isControl(guild) && control++ < failingControl);
    return { guild, runs: 10, failures: fails ? 1 : 0, durations: {} };
  });
}

describe('whether guilds recover that it is off for', () => {
  it('is said only where the evidence is enough: no evidence yet means go on', async () => {
    const kinds = await ground();
    const { world } = kinds.ground.flags;
    for (const [failingBack, isEnough] of [
      [25, false],
      [40, false],
      [90, true],
    ] as const) {
      const { watch } = watchOf(rowsWith(failingBack, 50, kinds), today + unitMs);
      const { why, evidence } = await watch.look(kinds.document, kinds.descent, world, place);
      expect(why === null, `${failingBack} guilds fail`).toBe(!isEnough);
      expect(evidence.until).toBe(today + unitMs);
    }
  });

  it('counts every five minutes once, and only those that are whole', async () => {
    const kinds = await ground();
    const { world } = kinds.ground.flags;
    const rows = rowsWith(40, 50, kinds);
    const early = await watchOf(rows, today + unitMs - 1).watch.look(
      kinds.document,
      kinds.descent,
      world,
      place,
    );
    expect(early.evidence).toEqual(kinds.descent.evidence);
    const { watch, asks } = watchOf(rows, today + 2 * unitMs);
    const once = await watch.look(kinds.document, kinds.descent, world, place);
    expect(asks.slice(1)).toEqual([
      [today, today + unitMs],
      [today + unitMs, today + 2 * unitMs],
    ]);
    const twice = await watch.look(
      kinds.document,
      { ...kinds.descent, evidence: once.evidence },
      world,
      place,
    );
    expect(twice.evidence).toEqual(once.evidence);
  });

  it('leaves out a guild that lost it within these minutes, and who still has it', async () => {
    const kinds = await ground();
    const { world } = kinds.ground.flags;
    const late = { ...kinds.descent, batches: [{ ceiling: 2 ** 30, guilds: 500, at: today + 1 }] };
    const { watch } = watchOf(rowsWith(500, 0, kinds), today + unitMs);
    const { why, evidence } = await watch.look(kinds.document, late, world, place);
    expect(why).toBeNull();
    expect(evidence.state.peakLnE).toBeCloseTo(0);
  });
});
