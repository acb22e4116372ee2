/** A bot that is started on a state which a newer release wrote, as after a version was taken back. */
import { expect, it } from 'vitest';
import { openStore } from '../../../src/lib/state/openStore.js';
import { startBot } from '../../support/bot.js';
import { until } from '../../support/redis/until.js';
import { flag } from '../../lib/recovery/ground.js';

it('says which documents it cannot read, touches none of them, and serves the others', async () => {
  const bot = await startBot({
    prepare: async (dataDir) => {
      const store = await openStore({ dataDir, prefix: 'rollouts' });
      await store.commit({
        ...{ op: 'seed', notAfter: Date.now() + 60_000, audit: [], outbox: [] },
        changes: [
          { ns: 'flags', key: 'of_tomorrow', expect: 0, next: { ...flag('of_tomorrow'), schema: 2 } },
          { ns: 'flags', key: 'of_today', expect: 0, next: flag('of_today') },
        ],
      });
      await store.close();
    },
  });
  try {
    const operations = () => bot.as('admin').in('operations');
    const said = await until('#operations reads of it', async () =>
      (await operations().messages()).find(({ text }) => text.includes('newer than')),
    );
    expect(said.text).toContain('flags:of_tomorrow');
    expect(said.text).toContain('npx rollouts migrate state apply --to');
    bot.rollouts.control.wake();
    const kept = await bot.rollouts.store.getMany('flags', ['of_tomorrow']);
    expect(kept).toMatchObject([{ schema: 2, key: 'of_tomorrow' }]);
    expect((await operations().slash('/feature info', { name: 'of_today' })).text).toContain('of_today');
    const all = (await operations().messages()).map(({ text }) => text);
    expect(all.filter((text) => text.includes('damaged'))).toEqual([]);
  } finally {
    await bot.close();
  }
  expect(bot.violations).toEqual([]);
});
