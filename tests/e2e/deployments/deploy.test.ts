/** A deployment from its announcement to its monitor: typed at a local Discord, told by webhooks, read from its channels. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sign, signatureHeader, timestampHeader } from '../../../src/lib/deployments/webhooks/signature.js';
import type { Seen } from '../../../src/sandbox/index.js';
import { startBot, type RunningBot } from '../../support/bot.js';
import { until } from '../../support/redis/until.js';
import { gateOf } from '../../lib/deployments/life/ground.js';

const secret = 'between-ci-and-the-bot';
let bot: RunningBot;
const admin = () => bot.as('admin').in('operations');

beforeAll(async () => {
  bot = await startBot({ env: { DEPLOYMENT_WEBHOOK_SECRET: secret } });
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  expect(violations).toEqual([]);
});

function post(
  path: string,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(`${bot.rollouts.httpUrl}${path}`, { method: 'POST', body, headers });
}

function tell(event: object): Promise<Response> {
  const body = JSON.stringify(event);
  const { timestamp, signature } = sign(body, secret, Date.now());
  return post('/hooks/deployments', body, { [timestampHeader]: timestamp, [signatureHeader]: signature });
}

const noticeIn = (channel: string, says: string): Promise<Seen> =>
  until(`#${channel} reads "${says}"`, async () =>
    (await bot.as('admin').in(channel).messages()).find(
      ({ ephemeral, embeds, text }) => !ephemeral && embeds.length > 0 && text.includes(says),
    ),
  );

const cardThat = (id: string, says: string): Promise<Seen> =>
  until(`the card of ${id} says "${says}"`, async () =>
    (await admin().messages()).find(
      ({ ephemeral, embeds, text }) =>
        !ephemeral && embeds.length === 0 && text.includes(`Deployment ${id}`) && text.includes(says),
    ),
  );

describe('/deploy', () => {
  it('announces a start to developers and operations, with a card that lives through it', async () => {
    const answer = await admin().slash('/deploy start', { version: '1.4.0', summary: 'Faster greetings' });
    expect(answer.text).toContain('is being deployed');
    await noticeIn('operations', '🚀 Starting deployment 1.4.0');
    await noticeIn('dev-team', '🚀 Starting deployment 1.4.0');
    const { id = '' } = bot.rollouts.deployments.status() ?? {};
    await cardThat(id, 'Faster greetings');
    await admin().slash('/deploy finish', {});
    await cardThat(id, 'is deployed, and is being watched');
    const { smoke = [] } = bot.rollouts.deployments.get(id);
    expect(smoke?.length).toBeGreaterThan(0);
  });

  it('shows status, history and monitor', async () => {
    expect((await admin().slash('/deploy status', {})).text).toContain('is being watched');
    expect((await admin().slash('/deploy history', {})).text).toContain('1.4.0 → production');
    expect((await admin().slash('/deploy monitor', { deployment: '1.4.0' })).text).toContain('1.4.0');
  });

  it('is the business of staff alone, and starting that of admins', async () => {
    const staff = await bot.as('staff').in('operations').slash('/deploy start', { version: '9.9.9' });
    expect(staff.text).toContain('You may not do this');
    expect(bot.rollouts.deployments.status()?.version).toBe('1.4.0');
  });

  it('does not start what its gate refused, unless an admin breaks the glass with a reason', async () => {
    const gate = { event: 'gate', version: '1.5.0', environment: 'staging', gate: gateOf('1.5.0', 'failed') };
    expect((await tell(gate)).status).toBe(200);
    const validated = await admin().slash('/deploy validate', { version: '1.5.0' });
    expect(validated.text).toContain('The gate failed for 1.5.0');
    const values = { version: '1.5.0', environment: 'staging' };
    expect((await admin().slash('/deploy start', values)).text).toContain('The gate failed for 1.5.0');
    const noReason = await admin().slash('/deploy start', { ...values, 'break-glass': true });
    expect(noReason.text).toContain('reason');
    const reason = 'The shop is down';
    await admin().slash('/deploy start', { ...values, 'break-glass': true, reason });
    expect((await noticeIn('management', 'Starting deployment 1.5.0')).text).toContain(reason);
    await admin().slash('/deploy fail', { environment: 'staging', reason: 'It was worse' });
    await noticeIn('operations', 'Deployment 1.5.0 to staging failed');
  });

  it('does not run the gate where the bot is not told to', async () => {
    const answer = await admin().slash('/deploy validate', { version: '1.5.0', run: true });
    expect(answer.text).toContain('GATE_IN_BOT=true');
  });
});

describe('webhooks', () => {
  it('of a deployment that is over before its card is written lead to its card all the same', async () => {
    const environment = 'short-lived';
    await tell({ event: 'started', version: '1.9.0', environment });
    await tell({ event: 'failed', version: '1.9.0', environment, summary: 'No space left.' });
    const { id = '' } = bot.rollouts.deployments.status(environment) ?? {};
    await cardThat(id, 'failed');
  });

  it('tell of a deployment, and people see it', async () => {
    const answer = await tell({
      event: 'started',
      version: '2.0.0',
      environment: 'canary',
      link: 'https://ci/7',
    });
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { ok: true, message: '2.0.0 is being deployed to canary.' },
    ]);
    await noticeIn('dev-team', 'Starting deployment 2.0.0');
  });

  it('the one without a secret is not there', async () => {
    expect((await post('/hooks/github', '{}')).status).toBe(404);
  });

  it('that are not signed, too large or of another method are refused, and counted', async () => {
    expect((await post('/hooks/deployments', '{}')).status).toBe(401);
    expect((await post('/hooks/deployments', 'x'.repeat(257 * 1024))).status).toBe(413);
    expect((await fetch(`${bot.rollouts.httpUrl}/hooks/deployments`)).status).toBe(405);
    const metrics = await (await fetch(`${bot.rollouts.httpUrl}/metrics`)).text();
    expect(metrics).toMatch(/rollouts_hooks_total\{hook="\/hooks\/deployments",outcome="unsigned"\} 1/);
    expect(metrics).toMatch(/rollouts_hooks_total\{hook="\/hooks\/deployments",outcome="too-large"\} 1/);
  });
});
