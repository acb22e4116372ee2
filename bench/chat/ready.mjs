// From the start of the process to ready: the bot with ten thousand guild documents, against discord.js alone, in turn.
import { fileURLToPath } from 'node:url';
import { openStore } from '../../dist/esm/lib/state/openStore.js';
import { demo, percentile, say, start, withSandbox } from './parts/bot.mjs';

const documents = 10_000;
const aCommit = 1_000;
const rounds = 5;
const target = 1_000;
const plain = fileURLToPath(new URL('./parts/plainClient.mjs', import.meta.url));

await withSandbox({}, async (sandbox, dataDir) => {
  await fill(dataDir);
  const times = { bot: [], plain: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const [kind, script] of [
      ['plain', plain],
      ['bot', demo],
    ]) {
      const { readyMs, stop } = await start(script, sandbox, dataDir);
      times[kind].push(readyMs);
      await stop();
    }
  }
  const values = { bot: percentile(times.bot, 0.5), discordJs: percentile(times.plain, 0.5) };
  const above = values.bot - values.discordJs;
  say({
    name: `chat: start to ready with ${documents} guild documents, above discord.js's own`,
    unit: 'ms',
    values: { ...values, above },
    target,
    ok: above <= target,
  });
});

async function fill(dataDir) {
  const store = await openStore({ dataDir, prefix: 'rollouts' });
  const by = { by: 'system:bench', at: Date.now() };
  for (let from = 0; from < documents; from += aCommit) {
    await store.commit({
      op: `fill-${from}`,
      notAfter: (await store.time()) + 30_000,
      changes: Array.from({ length: aCommit }, (_, index) => {
        const id = String(10n ** 17n + BigInt(from + index));
        const entries = { walls: { override: { is: 'allow', ...by } } };
        return {
          ns: 'guilds',
          key: id,
          expect: 0,
          next: { schema: 1, id, entries, channelId: null },
        };
      }),
      audit: [],
      outbox: [],
    });
  }
  await store.close();
}
