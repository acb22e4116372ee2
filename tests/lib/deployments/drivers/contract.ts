/** What holds for every driver; run on real PM2, on an API server of Kubernetes', and on commands. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RolloutError } from '../../../../src/lib/core/RolloutError.js';
import type { Driver, DriverRun } from '../../../../src/lib/deployments/Driver.js';

export interface World {
  /** Processes of the previous version that are ready. */
  readonly stable: number;
  /** Processes of the new version that are ready. */
  readonly new: number;
  /** To which version HTTP traffic goes; null where the driver steers none. */
  readonly traffic: 'stable' | 'new' | null;
}

/** The new version is up with two processes, the previous one is down. */
export interface DriverGround {
  /** A driver as a process that has just started would make it. */
  open(): Driver;
  world(): Promise<World>;
  /** From now on the previous version starts and never becomes ready. */
  spoilStable(): Promise<void>;
  dispose(): Promise<void>;
}

export function withoutEnd(): DriverRun {
  return { progress: () => undefined, signal: AbortSignal.timeout(60_000) };
}

export async function failureOf(work: Promise<unknown>): Promise<RolloutError> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof RolloutError) return error;
  throw new Error('It did not fail as it should.', { cause: error });
}

/** Lets go at the `at`-th word of progress, as a process that dies there. @returns whether it came so far */
async function diesAt(at: number, step: (run: DriverRun) => Promise<string>): Promise<boolean> {
  const controller = new AbortController();
  let words = 0;
  const progress = (): void => {
    words += 1;
    if (words === at) controller.abort(new Error('dead'));
  };
  await step({ progress, signal: controller.signal }).catch((error: unknown) => {
    if (!controller.signal.aborted) throw error;
  });
  return controller.signal.aborted;
}

export function driverContract(name: string, open: () => Promise<DriverGround>): void {
  describe(`a rollback with the ${name} driver`, { timeout: 90_000 }, () => {
    let ground: DriverGround;
    let before: World;

    beforeEach(async () => {
      ground = await open();
      before = await ground.world();
    }, 90_000);
    afterEach(() => ground.dispose(), 90_000);

    const steers = (): boolean => before.traffic !== null;

    it('is planned in words, and the plan changes nothing', async () => {
      const plan = await ground.open().plan();
      expect(plan.length).toBeGreaterThanOrEqual(2);
      for (const line of plan) expect(line).toMatch(/^[A-Z].{10,}$/);
      expect(await ground.world()).toEqual(before);
      expect(before).toMatchObject({ stable: 0, new: 2 });
    });

    it('brings the previous version up before it touches the new one', async () => {
      const driver = ground.open();
      await driver.bringUp(withoutEnd());
      expect(await ground.world()).toEqual({ ...before, stable: 2 });
      await driver.switchTraffic(withoutEnd());
      expect(await ground.world()).toEqual({ stable: 2, new: 2, traffic: steers() ? 'stable' : null });
      await driver.takeDown(withoutEnd());
      expect(await ground.world()).toEqual({ stable: 2, new: 0, traffic: steers() ? 'stable' : null });
    });

    it('is verified: not before, but after', async () => {
      const driver = ground.open();
      expect((await driver.verify(withoutEnd())).some(({ ok }) => !ok)).toBe(true);
      await wholeRollback(driver);
      const facts = await driver.verify(withoutEnd());
      expect(facts.filter(({ ok }) => !ok)).toEqual([]);
      expect(facts.length).toBeGreaterThan(0);
    });

    it('run twice is the same as once, step by step', async () => {
      for (const step of ['bringUp', 'switchTraffic', 'takeDown'] as const) {
        await ground.open()[step](withoutEnd());
        const once = await ground.world();
        await ground.open()[step](withoutEnd());
        expect(await ground.world()).toEqual(once);
      }
    });

    it('whose process dies half-way is finished by the next one', async () => {
      for (const step of ['bringUp', 'switchTraffic', 'takeDown'] as const) {
        for (let at = 1; at < 6; at++) if (!(await diesAt(at, (run) => ground.open()[step](run)))) break;
        await ground.open()[step](withoutEnd());
      }
      expect(await ground.world()).toEqual({ stable: 2, new: 0, traffic: steers() ? 'stable' : null });
    });

    it('whose previous version never becomes ready ends at its deadline, says so, and leaves the new one alone', async () => {
      await ground.spoilStable();
      const failure = await failureOf(
        ground.open().bringUp({ progress: () => undefined, signal: AbortSignal.timeout(2_500) }),
      );
      expect(failure.message).toContain('its time was over');
      expect(await ground.world()).toEqual(before);
    });

    it('can be undone, and undone again', async () => {
      const driver = ground.open();
      await wholeRollback(driver);
      await driver.undo(withoutEnd());
      await ground.open().undo(withoutEnd());
      expect(await ground.world()).toEqual(before);
    });
  });
}

async function wholeRollback(driver: Driver): Promise<void> {
  await driver.bringUp(withoutEnd());
  await driver.switchTraffic(withoutEnd());
  await driver.takeDown(withoutEnd());
}
