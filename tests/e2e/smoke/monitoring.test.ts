/** The suite "monitoring": the test alert, and what each of its tests says where monitoring itself is broken. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PermissionFlagsBits } from 'discord.js';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { startBot, type RunningBot } from '../../support/bot.js';

let bot: RunningBot;
let dashboard: Server;
let status = 200;

beforeAll(async () => {
  dashboard = createServer((_request, response) => void response.writeHead(status).end());
  await new Promise<void>((resolve) => void dashboard.listen(0, '127.0.0.1', resolve));
  const { port } = dashboard.address() as AddressInfo;
  bot = await startBot({
    deployments: `
alerts: { messages_a_minute: 10000 }
smoke: { dashboards: [{ name: Grafana, url: "http://127.0.0.1:${port}/" }] }
`,
  });
});

afterAll(async () => {
  await bot.close();
  dashboard.closeAllConnections();
  await new Promise((resolve) => dashboard.close(resolve));
  expect(bot.violations).toEqual([]);
});

afterEach(() => {
  vi.restoreAllMocks();
  status = 200;
});

const operations = () => bot.as('staff').in('operations');
const run = (name: string) => bot.rollouts.smoke.run(name);

it('a person who acknowledges the test alert is named, and the test does not answer in their place', async () => {
  const told = operations().next(({ ephemeral, text }) => !ephemeral && text.includes('Test alert'));
  const result = run('alerting');
  const alert = await told;
  expect(alert.pinged).toEqual([]);
  await operations().click(alert, 'Acknowledge');
  const { verdict, findings } = await result;
  expect(verdict).toBe('passed');
  expect(findings.map(({ what }) => what)).toContain('it was answered by staff');
});

it('where nobody does, it is answered by the test', { timeout: 20_000 }, async () => {
  const heard = operations().next(({ text }) => text.includes('Somebody is on it: Test alert'));
  const { findings } = await run('alerting');
  expect(findings.map(({ what }) => what)).toContain('it can be answered (the test did)');
  expect((await heard).text).toContain('Answered by the smoke test');
});

it('an alert that cannot be written fails it, and says where to look', { timeout: 30_000 }, async () => {
  const { world } = bot.sandbox;
  const user = bot.client.user?.id ?? '';
  const { allow = 0n } = world.channel('operations').overwrites.get(user) ?? {};
  world.overwrite('operations', { user }, { allow, deny: PermissionFlagsBits.SendMessages });
  const { verdict, sentence } = await run('alerting');
  world.overwrite('operations', { user }, { allow });
  expect(verdict).toBe('failed');
  expect(sentence).toContain('a test alert arrives in #operations: It was parked.');
  expect(sentence).toContain('See what the log says of notices to #operations.');
});

it('a dashboard that answers wrongly fails it', async () => {
  status = 502;
  expect((await run('dashboards')).sentence).toMatch(/^Grafana answers: It answered 502 after \d+ ms, 200/);
});

it('measurements that are not written fail it', async () => {
  vi.spyOn(bot.rollouts.control, 'status', 'get').mockReturnValue({
    ...bot.rollouts.control.status,
    duties: [],
  });
  expect((await run('metrics-flow')).sentence).toContain(
    'measurements are written to the state: It was not tried in the last minute. See the log.',
  );
});

it('metrics that lack what is watched fail it, and name it', async () => {
  vi.spyOn(bot.rollouts.metrics, 'text').mockResolvedValue('process_cpu 1\n');
  expect((await run('metrics-flow')).sentence).toContain(
    'These are missing: rollouts_feed_lag_seconds, rollouts_outbox_pending.',
  );
});

it('health endpoints that do not answer fail it', async () => {
  const away = 'http://127.0.0.1:1';
  vi.spyOn(bot.rollouts, 'httpUrl', 'get').mockReturnValue(away);
  const { verdict, sentence } = await run('health-endpoints');
  expect(verdict).toBe('failed');
  expect(sentence).toMatch(
    /\/livez answers: It cannot be reached: .* \/readyz answers: It cannot be reached/,
  );
});
