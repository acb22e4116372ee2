import { describe, expect, it } from 'vitest';
import {
  DeploymentUnderWay,
  GateFailed,
  NothingUnderWay,
} from '../../../../src/lib/deployments/life/errors.js';
import { ada, announcing, failedTest, gateOf, Ground, passed } from './ground.js';

describe('a deployment', () => {
  it('is announced to developers and operations as it starts', async () => {
    const ground = await Ground.open();
    const document = await ground.room.start(announcing('1.4.0', { summary: 'Faster greetings' }));
    expect(document).toMatchObject({ state: 'deploying', environment: 'production', version: '1.4.0' });
    expect(await ground.notices()).toEqual([
      { to: 'operations', title: '🚀 Starting deployment 1.4.0', pings: false },
      { to: 'dev-team', title: '🚀 Starting deployment 1.4.0', pings: false },
    ]);
    expect(await ground.audited()).toEqual(['Start deployment 1.4.0 to production']);
  });

  it('is tried out once it is deployed, then watched for an hour, then complete', async () => {
    const ground = await Ground.open();
    await ground.room.start(announcing('1.4.0'));
    const finished = await ground.room.finish('production', { by: ada });
    expect(finished.state).toBe('testing');
    const watched = await ground.until('watching');
    expect(watched.smoke).toEqual([passed('commands')]);
    const begun = ground.now;
    const done = await ground.until('succeeded', 60_000);
    expect(ground.now - begun).toBeGreaterThanOrEqual(3_600_000);
    expect(done.ended?.why).toContain('Nothing was measured');
    expect(done.news.map(({ n }) => n)).toEqual(done.news.map((_, index) => index + 1));
    const ends = (await ground.notices()).filter(({ title }) => title === 'Deployment 1.4.0 is complete');
    expect(ends.map(({ to }) => to)).toEqual(['operations', 'dev-team', 'management']);
  });

  it('wakes somebody where a smoke test fails, and is watched all the same', async () => {
    const ground = await Ground.open();
    ground.smoke = () => Promise.resolve([passed('store'), failedTest('commands')]);
    await ground.room.start(announcing('1.4.0'));
    await ground.room.finish('production', { by: ada });
    await ground.until('watching');
    expect((await ground.notices()).filter(({ pings }) => pings)).toEqual([
      { to: 'operations', title: '1.4.0: 1 of 2 smoke tests failed', pings: true },
    ]);
  });

  it('is tried out again by whoever leads next, where the process that tried it out died', async () => {
    const ground = await Ground.open();
    ground.smoke = () => new Promise(() => undefined);
    await ground.room.start(announcing('1.4.0'));
    await ground.room.finish('production', { by: ada });
    await ground.turn();
    ground.smoke = () => Promise.resolve([passed('commands')]);
    const other = await ground.process();
    await ground.turn(other);
    await ground.turn(other);
    expect(other.status()?.state).toBe('watching');
    expect(ground.smokeRuns).toBe(2);
  });

  it('says so where the smoke tests themselves break', async () => {
    const ground = await Ground.open();
    ground.smoke = () => Promise.reject(new Error('no such folder'));
    await ground.room.start(announcing('1.4.0'));
    await ground.room.finish('production', { by: ada });
    const { smoke } = await ground.until('watching');
    expect(smoke?.[0]).toMatchObject({
      verdict: 'failed',
      sentence: expect.stringContaining('no such folder') as string,
    });
  });

  it('that failed is over at once, with the reason', async () => {
    const ground = await Ground.open();
    await ground.room.start(announcing('1.4.0'));
    const document = await ground.room.fail('production', { by: ada, reason: 'the image is broken' });
    expect(document).toMatchObject({ state: 'failed', ended: { why: 'ada: the image is broken' } });
    await expect(ground.room.finish('production', { by: ada })).rejects.toBeInstanceOf(NothingUnderWay);
  });

  it('is linked with the rollouts that are under way in its time', async () => {
    const ground = await Ground.open();
    ground.rollouts = ['R1'];
    await ground.room.start(announcing('1.4.0'));
    ground.rollouts = ['R2'];
    await ground.turn();
    expect(ground.room.status()?.rollouts).toEqual(['R1', 'R2']);
  });

  it('is what every process sees', async () => {
    const ground = await Ground.open();
    const other = await ground.process();
    await ground.room.start(announcing('1.4.0'));
    await expect.poll(() => other.status()?.version).toBe('1.4.0');
    expect(other.suggest('1.4')[0]?.name).toContain('1.4.0 (production, deploying');
    expect(other.get('1.4.0').id).toBe(ground.room.status()?.id);
  });
});

describe('one deployment an environment', () => {
  it('a second is refused while the first is being deployed, and names it', async () => {
    const ground = await Ground.open();
    await ground.room.start(announcing('1.4.0'));
    const refused = ground.room.start(announcing('1.5.0'));
    await expect(refused).rejects.toBeInstanceOf(DeploymentUnderWay);
    await expect(refused).rejects.toThrow('1.4.0 is being deployed to production: ada announced it.');
  });

  it('of two that are announced at once by processes that do not hear of each other, one begins', async () => {
    const ground = await Ground.open();
    await ground.room.start(announcing('1.3.0'));
    await ground.room.fail('production', { by: ada });
    const rooms = await Promise.all([ground.process(true), ground.process(true), ground.process(true)]);
    const outcomes = await Promise.allSettled(rooms.map((room, n) => room.start(announcing(`1.4.${n}`))));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const why = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(why.every((error) => error instanceof DeploymentUnderWay)).toBe(true);
  });

  it('another environment is another matter', async () => {
    const ground = await Ground.open();
    await ground.room.start(announcing('1.4.0'));
    await ground.room.start(announcing('1.5.0', { environment: 'staging' }));
    expect(ground.room.list({ isOpen: true }).map(({ version }) => version)).toHaveLength(2);
    expect(ground.room.status('staging')?.version).toBe('1.5.0');
  });

  it('a correction takes the place of what is still being watched', async () => {
    const ground = await Ground.open();
    await ground.room.start(announcing('1.4.0'));
    await ground.room.finish('production', { by: ada });
    await ground.until('watching');
    await ground.room.start(announcing('1.4.1'));
    expect(ground.room.list().map(({ version, state }) => `${version} ${state}`)).toEqual([
      '1.4.1 deploying',
      '1.4.0 superseded',
    ]);
  });

  it('what is only announced does not end what is being watched', async () => {
    const ground = await Ground.open();
    await ground.room.start(announcing('1.4.0'));
    await ground.room.finish('production', { by: ada });
    await ground.until('watching');
    await expect(ground.room.start(announcing('1.5.0', { isAhead: true }))).rejects.toBeInstanceOf(
      DeploymentUnderWay,
    );
  });
});

describe('what is spoken of', () => {
  it('is told from what is under way, and how to speak of that', async () => {
    const ground = await Ground.open();
    await ground.room.start(announcing('1.4.0'));
    await expect(ground.room.finish('production', { by: ada, version: '1.3.0' })).rejects.toMatchObject({
      message: '1.3.0 is not under way in production: 1.4.0 is being deployed to production.',
      next: 'To end that one say 1.4.0, or no version. /deploy status shows where it stands.',
    });
  });

  it('is the same version by its tag', async () => {
    const ground = await Ground.open();
    const { id } = await ground.room.start(announcing('v1.4.0'));
    expect(ground.room.get('v1.4.0')).toMatchObject({ id, version: '1.4.0' });
    await ground.room.finish('production', { by: ada, version: 'refs/tags/v1.4.0' });
    await ground.room.fail('production', { by: ada, version: 'v1.4.0' });
    expect(ground.room.status()).toMatchObject({ id, state: 'failed' });
  });
});

describe('the gate before a deployment', () => {
  it('of a tag stands in the way of its version', async () => {
    const ground = await Ground.open();
    await ground.room.takeGate(gateOf('v1.4.0', 'failed'), 'production', { by: ada });
    await expect(ground.room.start(announcing('1.4.0'))).rejects.toBeInstanceOf(GateFailed);
    expect(ground.room.gate('v1.4.0')).toBe(ground.room.gate('1.4.0'));
  });

  it('that failed keeps the version from starting', async () => {
    const ground = await Ground.open();
    await ground.room.takeGate(gateOf('1.4.0', 'failed'), 'production', { by: ada });
    const refused = ground.room.start(announcing('1.4.0'));
    await expect(refused).rejects.toBeInstanceOf(GateFailed);
    await expect(refused).rejects.toThrow('unit tests');
    expect(ground.room.list()).toEqual([]);
    await expect(ground.room.start(announcing('1.4.1'))).resolves.toMatchObject({ state: 'deploying' });
  });

  it('that passed later lets it start', async () => {
    const ground = await Ground.open();
    await ground.room.takeGate(gateOf('1.4.0', 'failed', 2_000), 'production', { by: ada });
    await ground.room.takeGate(gateOf('1.4.0', 'passed', 3_000), 'production', { by: ada });
    const document = await ground.room.start(announcing('1.4.0'));
    expect(document.gate?.verdict).toBe('passed');
  });

  it('a result that comes late does not take the place of a newer one', async () => {
    const ground = await Ground.open();
    await ground.room.takeGate(gateOf('1.4.0', 'failed', 3_000), 'production', { by: ada });
    await ground.room.takeGate(gateOf('1.4.0', 'passed', 2_000), 'production', { by: ada });
    expect(ground.room.gate('1.4.0')?.verdict).toBe('failed');
  });

  it('is broken with a reason, which everybody is told', async () => {
    const ground = await Ground.open();
    await ground.room.takeGate(gateOf('1.4.0', 'failed'), 'production', { by: ada });
    const document = await ground.room.start(
      announcing('1.4.0', { breakGlass: { reason: 'the shop is down' } }),
    );
    expect(document.brokeGlass).toMatchObject({ by: ada.id, reason: 'the shop is down' });
    const told = (await ground.notices()).filter(({ title }) => title.startsWith('🚀'));
    expect(told.map(({ to }) => to)).toEqual(['operations', 'dev-team', 'management']);
  });

  it('of a deployment that was announced is shown on it, and holds it back', async () => {
    const ground = await Ground.open();
    await ground.room.start(announcing('1.4.0', { isAhead: true }));
    await ground.room.takeGate(gateOf('1.4.0', 'failed'), 'production', { by: ada });
    expect(ground.room.status()).toMatchObject({ state: 'announced', gate: { verdict: 'failed' } });
    await expect(ground.room.start(announcing('1.4.0'))).rejects.toBeInstanceOf(GateFailed);
  });

  it('results of the newest fifty versions are kept', async () => {
    const ground = await Ground.open();
    for (let n = 0; n < 52; n++) {
      await ground.room.takeGate(gateOf(`1.${n}.0`, 'passed', n + 1), 'production', { by: ada });
    }
    await ground.turn();
    expect(ground.room.gate('1.1.0')).toBeUndefined();
    expect(ground.room.gate('1.2.0')?.verdict).toBe('passed');
    expect(ground.room.gate('1.51.0')?.verdict).toBe('passed');
  });
});
