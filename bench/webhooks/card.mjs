// A signed webhook sent -> its notice, and its card, seen in the staff's channel, through the bot as a process of its own and the sandbox.
import { writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { sign, signatureHeader, timestampHeader } from '../../dist/esm/lib/deployments/webhooks/signature.js';
import { demo, percentile, start, withSandbox } from '../chat/parts/bot.mjs';
import { atMost } from '../evaluation/worlds/measure.mjs';

const times = 100;
/** For the compiler. */
const warmUps = 10;
/** Deployments are minutes apart; in this time the cards of the one before have come to rest, as Discord's limits of requests ask. */
const everyMs = 1_500;
const secret = 'only-for-this-benchmark';

await withSandbox({}, async (sandbox, dataDir) => {
  const port = await freePort();
  const deployments = join(dataDir, 'deployments.yaml');
  // As many as are sent here would be told together.
  await writeFile(deployments, 'alerts: { messages_a_minute: 10000 }\n');
  const bot = await start(demo, sandbox, dataDir, {
    ...{ DEPLOYMENT_WEBHOOK_SECRET: secret, HTTP_PORT: String(port), DEPLOYMENTS_FILE: deployments },
  });
  const operations = sandbox.as('admin').in('operations');
  const delays = { notice: [], card: [] };
  const seen = (words) =>
    operations.next(({ ephemeral, embeds, text }) => !ephemeral && embeds.length > 0 && text.includes(words));
  for (let n = 1; n <= times + warmUps; n++) {
    const version = `1.${n}.0`;
    const started = seen(`Starting deployment ${version}`);
    const card = operations.next(
      ({ ephemeral, embeds, text }) => !ephemeral && embeds.length === 0 && text.includes(version),
    );
    const began = performance.now();
    const after = () => performance.now() - began;
    const [noticed, carded] = [started.then(after), card.then(after)];
    const status = await post(port, { event: 'started', version });
    if (status !== 200) throw new Error(`The bot answered ${status}.`);
    const [notice, live] = await Promise.all([noticed, carded]);
    if (n > warmUps) {
      delays.notice.push(notice);
      delays.card.push(live);
    }
    const over = seen(`Deployment ${version} to production failed`);
    await post(port, { event: 'failed', version, summary: 'a benchmark' });
    await over;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, everyMs - (performance.now() - began))));
  }
  await bot.stop();
  for (const [what, seen] of Object.entries(delays)) {
    atMost(`webhook to its ${what} in the channel, p50`, 'ms', percentile(seen, 0.5), 300);
    atMost(`webhook to its ${what} in the channel, p99`, 'ms', percentile(seen, 0.99), 300);
  }
});

function post(port, event) {
  const body = JSON.stringify(event);
  const { timestamp, signature } = sign(body, secret, Date.now());
  const headers = { [timestampHeader]: timestamp, [signatureHeader]: signature };
  return new Promise((resolve, reject) => {
    const sent = request(
      { ...{ port, host: '127.0.0.1', path: '/hooks/deployments', method: 'POST' }, headers },
      (response) => {
        response.resume();
        response.on('end', () => resolve(response.statusCode));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
