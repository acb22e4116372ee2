import { describe, expect, it } from 'vitest';
import { DeploymentUnderWay } from '../../../../src/lib/deployments/life/errors.js';
import { announcing, ada, Ground, robot, told } from './ground.js';

const at = 1_700_000_000_000;
const heard = (version: string, when: number, ref: string | null = null) => ({
  ...{ by: robot, version, source: 'webhook' as const },
  origin: { ref, commit: null, at: when },
});

describe('what webhooks tell of a deployment', () => {
  it('its end before its beginning is its end all the same', async () => {
    const ground = await Ground.open();
    const finished = await ground.room.finish('production', heard('1.4.0', at + 60_000));
    expect(finished.state).toBe('testing');
    const late = await ground.room.start(told('1.4.0', at));
    expect(late).toMatchObject({ id: finished.id, state: 'testing' });
    expect(ground.room.list()).toHaveLength(1);
  });

  it('a failure before its beginning is not undone by it', async () => {
    const ground = await Ground.open();
    const failed = await ground.room.fail('production', heard('1.4.0', at + 60_000));
    expect(failed.state).toBe('failed');
    await ground.room.start(told('1.4.0', at));
    expect(ground.room.list().map(({ state }) => state)).toEqual(['failed']);
  });

  it('the same version once more, later, is another deployment', async () => {
    const ground = await Ground.open();
    await ground.room.start(told('1.4.0', at));
    await ground.room.fail('production', heard('1.4.0', at + 60_000));
    const again = await ground.room.start(told('1.4.0', at + 120_000));
    expect(again.state).toBe('deploying');
    expect(ground.room.list()).toHaveLength(2);
  });

  it("is told apart by the sender's own name of it, where it has one", async () => {
    const ground = await Ground.open();
    const origin = (ref: string) => ({ origin: { ref, commit: null, at } });
    await ground.room.start(told('main', at, origin('7')));
    await ground.room.finish('production', heard('main', at, '7'));
    await ground.until('succeeded', 600_000);
    expect((await ground.room.start(told('main', at, origin('7')))).state).toBe('succeeded');
    expect((await ground.room.start(told('main', at, origin('8')))).state).toBe('deploying');
  });

  it('an announcement after the beginning changes nothing', async () => {
    const ground = await Ground.open();
    await ground.room.start(told('1.4.0', at));
    const ahead = await ground.room.start(told('1.4.0', at - 1, { isAhead: true }));
    expect(ahead.state).toBe('deploying');
  });

  it('a beginning after the announcement begins it', async () => {
    const ground = await Ground.open();
    const first = await ground.room.start(told('1.4.0', at, { isAhead: true }));
    expect(first.state).toBe('announced');
    const begun = await ground.room.start(told('1.4.0', at + 1));
    expect(begun).toMatchObject({ id: first.id, state: 'deploying' });
  });

  it('what a person started first is the same deployment, and no second notice goes out', async () => {
    const ground = await Ground.open();
    const first = await ground.room.start(announcing('1.4.0'));
    const heardOf = await ground.room.start(told('1.4.0', at));
    expect(heardOf).toMatchObject({ id: first.id, source: 'person', origin: { at } });
    expect(await ground.notices()).toHaveLength(2);
  });

  it('the end of a version that nobody began is refused while another is being deployed', async () => {
    const ground = await Ground.open();
    await ground.room.start(announcing('1.4.0'));
    await expect(ground.room.finish('production', heard('1.3.9', at))).rejects.toBeInstanceOf(
      DeploymentUnderWay,
    );
  });

  it('the failure of a version that nobody began does not end the watching of what runs', async () => {
    const ground = await Ground.open();
    await ground.room.start(announcing('1.4.0'));
    await ground.room.finish('production', { by: ada });
    await ground.until('watching');
    await expect(ground.room.fail('production', heard('1.5.0', at))).rejects.toBeInstanceOf(
      DeploymentUnderWay,
    );
    expect(ground.room.status()?.state).toBe('watching');
  });

  it('the same delivery twice is one commit', async () => {
    const ground = await Ground.open();
    const deaf = await ground.process(true);
    await ground.room.start(told('1.4.0', at, { delivery: 'hook-1' }));
    await deaf.start(told('1.4.0', at, { delivery: 'hook-1' }));
    expect(await ground.audited()).toHaveLength(1);
    expect(await ground.notices()).toHaveLength(2);
  });
});
