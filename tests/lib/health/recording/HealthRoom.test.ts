import { randomBytes } from 'node:crypto';
import { onTestFinished, describe, expect, it } from 'vitest';
import { currentRun, track } from '../../../../src/lib/health/recording/currentRun.js';
import { HealthRoom } from '../../../../src/lib/health/recording/HealthRoom.js';
import { outcomeOf } from '../../../../src/lib/discord/outcomeOf.js';
import type { Store } from '../../../../src/lib/state/Store.js';
import { guildId, MeasuringGround, today } from './ground.js';

const a = guildId(1);

async function room(): Promise<{ readonly ground: MeasuringGround; readonly health: HealthRoom }> {
  const ground = await MeasuringGround.open();
  const health = roomOn(ground, ground.store);
  return { ground, health };
}

function roomOn(ground: MeasuringGround, store: Store): HealthRoom {
  return new HealthRoom({
    store,
    clock: { now: () => ground.now },
    random: randomBytes,
    process: 'p1',
    gatewayPing: () => 20,
    after: () => ({ cancel: () => undefined }),
    outcomeOf,
    warn: (message) => void ground.warnings.push(message),
  });
}

describe('measuring', () => {
  it("counts a host's own work as a command, with the flags that it meets", async () => {
    const { health } = await room();
    track(health, true);
    onTestFinished(() => track(health, false));
    const answer = await health.measure('report', a, async () => {
      await Promise.resolve();
      currentRun()?.exposed('R1', 'canary', true);
      return 42;
    });
    const broken = health.measure('report', a, () => {
      throw new RangeError('broken');
    });
    await expect(broken).rejects.toThrow(RangeError);
    expect(answer).toBe(42);
    await health.flush();
    expect([...(await health.records.units('R1', today))]).toMatchObject([
      { guild: a, runs: 1, failures: 0 },
    ]);
    expect(await health.records.baseUnits(today, today)).toMatchObject([
      { guilds: [{ guild: a, runs: 2, failures: 1 }] },
    ]);
  });

  it('reports its process with every flush: store, probes, gateway', async () => {
    const { health } = await room();
    health.probe('postgres', () => Promise.reject(new Error('no')));
    await health.flush();
    expect(await health.records.processes()).toMatchObject([
      {
        process: 'p1',
        gatewayPingMs: 20,
        probes: { 'state-store': [{ isHealthy: true }], postgres: [{ isHealthy: false }] },
      },
    ]);
  });

  it('brings the last runs home when it ends, and says so where it cannot', async () => {
    const { ground, health } = await room();
    await health.measure('report', a, () => undefined);
    await health.close();
    expect(await ground.records.baseUnits(today, today)).toMatchObject([{ guilds: [{ runs: 1 }] }]);
    const late = roomOn(ground, ground.store);
    await late.measure('report', a, () => undefined);
    await ground.store.close();
    await late.close();
    expect(ground.warnings).toEqual(['The last seconds of measurements could not be stored.']);
  });
});
