// A slash command typed -> its reply seen, at a hundred a second, through the sandbox and the real discord.js.
import { demo, percentile, say, start, withSandbox } from './parts/bot.mjs';

const aSecond = 100;
const seconds = 20;
const target = 50;

await withSandbox({}, async (sandbox, dataDir) => {
  const bot = await start(demo, sandbox, dataDir);
  const admin = sandbox.as('admin').in('operations');
  await admin.slash('/feature create', { name: 'new_greeting', description: 'Warmer words' });
  const places = ['beta_server_1', 'beta_server_2', 'internal_test_server'].map((guild) =>
    sandbox.as('admin').in('general', guild),
  );
  const kinds = [
    () => admin.slash('/feature info', { name: 'new_greeting' }),
    ...places.map((place) => () => place.slash('/hello')),
  ];
  for (let warm = 0; warm < 100; warm += 1) await kinds[warm % kinds.length]();

  const delays = [];
  let lost = 0;
  const running = [];
  const began = performance.now();
  for (let sent = 0; sent < aSecond * seconds; sent += 1) {
    // By the clock and not by the answers: a slow bot gets no rest.
    const due = began + (sent * 1000) / aSecond;
    while (performance.now() < due) await new Promise((resolve) => setImmediate(resolve));
    const typed = performance.now();
    running.push(
      kinds[sent % kinds.length]().then(
        () => delays.push(performance.now() - typed),
        () => (lost += 1),
      ),
    );
  }
  await Promise.all(running);
  await bot.stop();
  const values = {
    p50: percentile(delays, 0.5),
    p99: percentile(delays, 0.99),
    answered: delays.length,
    lost,
  };
  say({
    name: `chat: command to reply at ${aSecond} a second`,
    unit: 'ms',
    values,
    target,
    ok: values.p99 <= target && lost === 0,
  });
});
