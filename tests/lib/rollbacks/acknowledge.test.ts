import { expect, it } from 'vitest';
import { ada, grace } from '../flags/room.js';
import { done, Ground } from './ground.js';

const flag = 'greeting';

async function pressed() {
  const ground = await Ground.open();
  await ground.serve(flag);
  return { ground, rollback: await ground.now_(flag) };
}

it('whoever acknowledges a rollback stands in it and in the audit; nothing else of it changes, and every button holds', async () => {
  const { ground, rollback } = await pressed();
  const seen = done(await ground.rollbacks.acknowledge(rollback.id, { by: grace }));
  expect(seen.acknowledged).toEqual({ by: grace.id, name: grace.name, at: ground.now });
  expect(seen).toMatchObject({ state: rollback.state, revision: rollback.revision, steps: rollback.steps });
  const [entry] = await ground.store.audit.read({ limit: 1 });
  expect(entry?.body).toMatchObject({ title: 'Acknowledge the rollback of greeting', by: { id: grace.id } });
});

it('the second one hears who was first, and changes nothing', async () => {
  const { ground, rollback } = await pressed();
  await ground.rollbacks.acknowledge(flag, { by: grace });
  const second = await ground.rollbacks.acknowledge(rollback.id, { by: ada });
  expect(second).toMatchObject({ status: 'unchanged', why: `${grace.name} looks after it already.` });
  expect(ground.rollbacks.status(flag).acknowledged?.by).toBe(grace.id);
});

it('it stays acknowledged to the end, and one that is over needs nobody', async () => {
  const { ground } = await pressed();
  await ground.rollbacks.acknowledge(flag, { by: grace });
  const over = await ground.until(({ receipt }) => receipt !== null);
  expect(over.acknowledged?.by).toBe(grace.id);
  await ground.do({ do: 'unkill', flag });
  await ground.now_(flag);
  const next = await ground.until(
    ({ receipt, acknowledged }) => receipt !== null && acknowledged === undefined,
  );
  await expect(ground.rollbacks.acknowledge(next.id, { by: ada })).rejects.toThrow('is over');
});
