/** What is told where a watched deployment ends: each thing once, and members hear of a rollback whoever asked for it. */
import { expect, it } from 'vitest';
import type { Notice } from '../../../../src/lib/alerts/Card.js';
import { unmeasured } from '../../../../src/lib/deployments/life/unmeasured.js';
import { monitorDefaults } from '../../../../src/lib/deployments/monitor/Settings.js';
import type { DeploymentMonitor } from '../../../../src/lib/deployments/monitor/Step.js';
import { deployedAt, MonitorGround, well } from '../monitor/ground.js';
import { ada, announcing, Ground } from './ground.js';

/** Watched for four minutes. @param burns from its first minute on */
async function watched(burns: boolean) {
  const world = new MonitorGround({ settings: { ...monitorDefaults, forMs: 4 * 60_000 } });
  world.traffic = (at) => (burns && at > deployedAt ? { ...well, failures: 3 } : well);
  const monitor: DeploymentMonitor = {
    dueAt: (document) => world.monitor().dueAt(document),
    begin: (document, now) => world.monitor().begin(document, now),
    turn: (document, now) => world.monitor().turn(document, now),
    takenBack: (document) => world.monitor().takenBack(document),
    forget: () => Promise.resolve(),
  };
  const ground = await Ground.open({ monitor });
  ground.now = world.now = deployedAt;
  await ground.room.start(announcing('1.4.0'));
  await ground.room.finish('production', { by: ada });
  for (let turn = 0; turn < 40 && ground.room.list({ isOpen: true }).length > 0; turn++) {
    await ground.turn();
    ground.now = world.now = ground.now + monitorDefaults.everyMs;
  }
  return ground.room.list()[0]!;
}

it.each([false, true])('its end stands in the thread once (a crash storm: %s)', async (burns) => {
  const { news, ended, state } = await watched(burns);
  expect(state).toBe(burns ? 'rolled-back' : 'succeeded');
  const texts = news.map(({ text }) => text);
  expect(new Set(texts).size).toBe(texts.length);
  expect(texts.at(-1)).toBe(burns ? 'rollback 1.4.0: done.' : ended?.why);
});

it('members who were told of a trouble hear that a person rolled everything back', async () => {
  const members: Notice = {
    ...{ kind: 'members', to: { channel: '700000000000000001' } },
    card: { tone: 'info', title: 'We took the newest changes back' },
  };
  const ground = await Ground.open({
    monitor: { ...unmeasured, takenBack: () => [members] },
    everythingBack: () => 'ada rolled everything back (R1): it burns',
  });
  await ground.room.start(announcing('1.4.0'));
  await ground.turn();
  expect(await ground.notices()).toContainEqual(expect.objectContaining({ title: members.card.title }));
});
