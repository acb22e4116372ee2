import { describe, expect, it, vi } from 'vitest';
import { RolloutError } from '../../../../src/lib/core/RolloutError.js';
import type { Driver } from '../../../../src/lib/deployments/Driver.js';
import type { ReleasesDocument } from '../../../../src/lib/deployments/releases/documents.js';
import type { ProcessPresence } from '../../../../src/lib/presence/PresenceRoom.js';
import type { DriverReach } from '../../../../src/lib/deployments/file/DeploymentsFile.js';
import type { RollbackDocument, StepName } from '../../../../src/lib/rollbacks/documents.js';
import type { StepWork } from '../../../../src/lib/rollbacks/work.js';
import { deploymentWorks } from '../../../../src/lib/rollbacks/works/deploymentWorks.js';
import { rollback } from '../../discord/rollbacks/rollbackFixture.js';

class Broken extends RolloutError {
  public readonly code = 'BROKEN';
}

const living = (...releases: readonly string[]) =>
  releases.map((release) => ({ release })) as unknown as readonly ProcessPresence[];
const document = (release: string) =>
  ({ active: { release, since: 5_000 }, previous: null, known: {} }) as unknown as ReleasesDocument;

function ground(
  change: Partial<Driver> = {},
  seen: readonly (readonly ProcessPresence[])[] = [living('1', '2')],
  stands = document('2'),
  reach?: DriverReach,
) {
  const done: string[] = [];
  const driver = {
    name: 'pm2',
    stableRelease: '1',
    plan: async () => ['stable is started'],
    bringUp: async () => (done.push('up'), 'stable is up.'),
    switchTraffic: async () => (done.push('traffic'), 'Nothing steers traffic here.'),
    takeDown: async () => (done.push('down'), 'new is down.'),
    verify: async () => [{ what: 'new is stopped', ok: true, detail: '' }],
    undo: async () => '',
    ...change,
  } as Driver;
  let looks = 0;
  const handOver = vi.fn(async (to: string) => (done.push(`gateway ${to}`), document(to)));
  const works = deploymentWorks({
    driver,
    problems: [],
    deadlineMs: { bringUp: 1, switchTraffic: 1, takeDown: 1 },
    reach,
    releases: { document: stands, handOver },
    presence: { living: async () => seen[Math.min(looks++, seen.length - 1)] ?? [] },
  });
  const run = (name: StepName) => {
    const work = works.find((one) => one.name === name);
    if (work === undefined) throw new Error(`There is no step ${name}.`);
    return work.run({
      rollback: rollback(),
      progress: (detail) => void said.push(detail),
      signal: AbortSignal.timeout(10_000),
    });
  };
  const said: string[] = [];
  return { works, run, done, handOver, said };
}

describe('the steps of a driver', () => {
  it('run again after the handover, take the release that answers now for the previous one, not the one that was left', async () => {
    const { by, at } = rollback().created;
    const stands = {
      ...document('1'),
      handover: null,
      known: { '2': { firstSeen: 0, rolledBack: { by, at } } },
    } as unknown as ReleasesDocument;
    const { run, handOver } = ground({ stableRelease: undefined }, [living('1', '2')], stands);
    await run('hand-over');
    expect(handOver).toHaveBeenCalledWith('1', expect.anything(), expect.anything());
  });

  it('of a second rollback never lead back to the release that the first one left', async () => {
    const stands = {
      ...document('1'),
      previous: '2',
      handover: null,
      known: { '2': { firstSeen: 0, rolledBack: { by: 'somebody', at: 1 } } },
    } as unknown as ReleasesDocument;
    for (const seen of [living('1', '2'), living('1')]) {
      const { run, handOver } = ground({ stableRelease: undefined }, [seen], stands);
      await run('hand-over');
      expect(handOver).toHaveBeenCalledWith('1', expect.anything(), expect.anything());
    }
  });

  it('hand traffic over before the gateway, and mark what is left as rolled back', async () => {
    const { run, done, handOver } = ground();
    await run('bring-up');
    const handed = await run('hand-over');
    await run('take-down');
    expect(done).toEqual(['up', 'traffic', 'gateway 1', 'down']);
    expect(handOver).toHaveBeenCalledWith(
      '1',
      expect.objectContaining({ marksRolledBack: true }),
      expect.anything(),
    );
    expect(handed.detail).toContain('1 answers since');
    expect(handed.facts).toEqual({ from: '2', to: '1', since: 5_000 });
  });

  it('wait until the previous version has said that it is there', async () => {
    const { run, said, handOver } = ground({}, [living('2'), living('2'), living('1', '2')]);
    await run('hand-over');
    expect(handOver).toHaveBeenCalledOnce();
    expect(said).toContain('Waiting until 1 is logged in.');
  });

  it('where the driver names no release hand over to the only other one, and to none of several', async () => {
    const one = ground({ stableRelease: undefined });
    await one.run('hand-over');
    expect(one.handOver.mock.calls[0]?.[0]).toBe('1');
    const two = ground({ stableRelease: undefined }, [living('0', '1', '2')]);
    await expect(two.run('hand-over')).rejects.toThrow('Several other releases are running (0, 1)');
    expect(two.handOver).not.toHaveBeenCalled();
  });

  it('say what is not as it should be once the new version is down', async () => {
    const { run } = ground({ verify: async () => [{ what: 'new', ok: false, detail: 'still online' }] });
    expect(await run('take-down')).toEqual({
      detail: 'new is down. new: still online',
      facts: { new: false },
    });
  });

  it('a driver that cannot be asked now refuses no dry run', async () => {
    const { works } = ground({ plan: () => Promise.reject(new Broken('PM2 does not answer.')) });
    const plans = await Promise.all(works.map((work) => work.plan(rollback())));
    expect(plans.flat()).toContain('The pm2 driver cannot say what it would do: PM2 does not answer.');
  });

  it('are every rollback’s, or only those of everything’s where the file says so; a drill plans them in any case', () => {
    const { works } = ground();
    const skips = (of: readonly StepWork[], what: Partial<RollbackDocument>) =>
      of.map((work) => work.skipped(rollback(what)));
    expect(skips(works, { flag: 'greeting' })).toEqual([null, null, null]);
    const narrow = ground({}, undefined, undefined, 'everything').works;
    expect(skips(narrow, { flag: null })).toEqual([null, null, null]);
    expect(skips(narrow, { flag: 'greeting', kind: 'drill' })).toEqual([null, null, null]);
    const why = 'The driver is for rollbacks of everything only (deployments.yaml, driver.for).';
    expect(skips(narrow, { flag: 'greeting' })).toEqual([why, why, why]);
  });

  const without = (problems: readonly string[]) =>
    deploymentWorks({
      ...{ driver: undefined, deadlineMs: undefined, problems },
      releases: { document: undefined, handOver: () => Promise.reject(new Error('not here')) },
      presence: { living: async () => [] },
    });

  it('are skipped, and say why, where there is no driver', () => {
    expect(without([]).map((work) => [work.name, work.skipped(rollback())])).toEqual([
      ['bring-up', 'No deployment driver is configured.'],
      ['hand-over', 'No deployment driver is configured.'],
      ['take-down', 'No deployment driver is configured.'],
    ]);
  });

  it('name what is wrong with the file, where it cannot be followed', () => {
    const problem = 'deployments.yaml cannot be followed: line 3, column 1: no driver has this name.';
    expect(without([problem]).map((work) => work.skipped(rollback()))).toEqual([problem, problem, problem]);
  });
});
