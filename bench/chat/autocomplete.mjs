// What a person waits for while typing a guild's name, with ten thousand guilds in the directory.
import { demo, percentile, say, start, withSandbox } from './parts/bot.mjs';

const guilds = 10_000;
const rounds = 300;
const target = 100;
const typed = [
  'g',
  'gu',
  'guild_',
  'guild_4',
  'guild_73',
  'beta',
  'beta_server_2',
  '_99',
  'gild_12',
  'nothing like it',
];

await withSandbox({ guilds, guildsAShard: guilds }, async (sandbox, dataDir) => {
  const bot = await start(demo, sandbox, dataDir);
  const admin = sandbox.as('admin').in('operations');
  await admin.slash('/feature create', { name: 'x', description: 'x' });
  const delays = [];
  for (let round = 0; round < rounds + typed.length; round += 1) {
    const asked = performance.now();
    await admin.complete('/feature enable', { name: 'x', guild: typed[round % typed.length] }, 'guild');
    if (round >= typed.length) delays.push(performance.now() - asked);
  }
  await bot.stop();
  const values = { p50: percentile(delays, 0.5), p99: percentile(delays, 0.99) };
  say({
    name: 'chat: autocomplete over 10,000 guilds',
    unit: 'ms',
    values,
    target,
    ok: values.p99 <= target,
  });
});
