// 10,000 alerts in a minute, through the outbox, the bot and the sandbox: how many messages people see, and whether Discord
// ever had to say that it is too much.
import { demo, say, start, withSandbox } from '../chat/parts/bot.mjs';
import { systemClock } from '../../dist/esm/lib/core/Clock.js';
import { newId } from '../../dist/esm/lib/core/ids.js';
import { asJson } from '../../dist/esm/lib/alerts/noticeSchema.js';
import { defaults } from '../../dist/esm/config/defaults.js';
import { openStore } from '../../dist/esm/lib/state/openStore.js';

const alerts = 10_000;
const overMs = 60_000;
const slices = 600;
const mostMessages = 20;

const sent = { messages: 0, tooMany: 0 };
const isMessage = ({ method, path }) => method === 'POST' && /\/channels\/\d+\/messages$/.test(path);
const onExchange = (exchange) => {
  if (exchange.status === 429) sent.tooMany += 1;
  else if (isMessage(exchange)) sent.messages += 1;
};

await withSandbox({ onExchange }, async (sandbox, dataDir) => {
  const bot = await start(demo, sandbox, dataDir);
  const store = await openStore({ dataDir, prefix: defaults.prefix, clock: systemClock });
  const before = sent.messages;
  const began = performance.now();
  for (let slice = 0; slice < slices; slice += 1) {
    const due = began + (slice * overMs) / slices;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    await commit(store, slice);
  }
  const tookMs = performance.now() - began;
  const during = sent.messages - before;
  for (let waited = 0; waited < 120 && (await store.outbox.pending(1)).length > 0; waited += 1)
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  const left = (await store.outbox.pending(1)).length;
  await store.close();
  await bot.stop();
  const values = { during, afterwards: sent.messages - before - during, tooMany: sent.tooMany, left };
  say({
    name: `alerts: messages that ${alerts} alerts in ${Math.round(tookMs / 1000)} s lead to`,
    unit: 'messages',
    values,
    target: mostMessages,
    ok: during <= mostMessages && sent.tooMany === 0 && left === 0,
  });
});

async function commit(store, slice) {
  const amount = Math.floor(((slice + 1) * alerts) / slices) - Math.floor((slice * alerts) / slices);
  const outbox = Array.from({ length: amount }, (_, nth) => {
    const card = { tone: 'warn', title: `Alert ${slice}.${nth}`, body: 'Something happens again and again.' };
    return asJson({ kind: 'bench', to: 'operations', card });
  });
  const notAfter = (await store.time()) + 30_000;
  await store.commit({ op: newId(), notAfter, changes: [], audit: [], outbox });
}
