/** What comes in the same moment, or in the wrong order: a command and a webhook at once, and GitHub's events from the last to the first. */
import { sign as signGithub } from '@octokit/webhooks-methods';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sign, signatureHeader, timestampHeader } from '../../../src/lib/deployments/webhooks/signature.js';
import { startBot, type RunningBot } from '../../support/bot.js';
import { until } from '../../support/redis/until.js';

const secret = 'between-ci-and-the-bot';
const githubSecret = 'between-github-and-the-bot';
let bot: RunningBot;
const admin = () => bot.as('admin').in('operations');

beforeAll(async () => {
  bot = await startBot({
    env: { DEPLOYMENT_WEBHOOK_SECRET: secret, GITHUB_WEBHOOK_SECRET: githubSecret },
  });
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  expect(violations).toEqual([]);
});

function tell(event: object): Promise<Response> {
  const body = JSON.stringify(event);
  const { timestamp, signature } = sign(body, secret, Date.now());
  const headers = { [timestampHeader]: timestamp, [signatureHeader]: signature };
  return fetch(`${bot.rollouts.httpUrl}/hooks/deployments`, { method: 'POST', body, headers });
}

let guids = 0;
async function github(event: string, payload: object): Promise<number> {
  const body = JSON.stringify({
    repository: { full_name: 'acme/bot' },
    sender: { login: 'octocat' },
    ...payload,
  });
  const headers = {
    'X-Hub-Signature-256': await signGithub(githubSecret, body),
    'X-GitHub-Delivery': `guid-${String(++guids).padStart(8, '0')}`,
    'X-GitHub-Event': event,
  };
  const url = `${bot.rollouts.httpUrl}/hooks/github`;
  return (await fetch(url, { method: 'POST', body, headers })).status;
}

const told = async (channel: string, says: string): Promise<number> =>
  (await bot.as('admin').in(channel).messages()).filter(
    ({ ephemeral, embeds, text }) => !ephemeral && embeds.length > 0 && text.includes(says),
  ).length;
const all = (environment: string) => bot.rollouts.deployments.list({ environment });

describe('announced at once by a command and a webhook', () => {
  it('the same version is one deployment, told once', async () => {
    const start = { version: '3.0.0', environment: 'staging' };
    await Promise.all([admin().slash('/deploy start', start), tell({ event: 'started', ...start })]);
    expect(all('staging').map(({ version, state }) => [version, state])).toEqual([['3.0.0', 'deploying']]);
    await until('it is told', async () => (await told('dev-team', 'Starting deployment 3.0.0')) > 0);
    // What is told later stands behind whatever was told twice.
    await admin().slash('/deploy fail', { environment: 'staging', reason: 'Enough' });
    await until('its end is told', async () => (await told('dev-team', '3.0.0 to staging failed')) > 0);
    expect(await told('dev-team', 'Starting deployment 3.0.0')).toBe(1);
    expect(await told('operations', 'Starting deployment 3.0.0')).toBe(1);
  });

  it('of two versions one begins, and whoever wanted the other is told which', async () => {
    const environment = 'canary';
    const [typed, posted] = await Promise.all([
      admin().slash('/deploy start', { version: '4.0.0', environment }),
      tell({ event: 'started', version: '5.0.0', environment }),
    ]);
    const [only, ...more] = all(environment);
    expect(more).toEqual([]);
    const refusal = only?.version === '4.0.0' ? await posted.text() : typed.text;
    expect(refusal).toContain(only?.version);
    expect(posted.status).toBe(only?.version === '4.0.0' ? 409 : 200);
    if (posted.status === 409)
      await until('people are told', async () => (await told('operations', '5.0.0 was refused')) > 0);
  });
});

it('GitHub’s events from the last to the first end where those in order do, with one card', async () => {
  const deployment = {
    ...{ id: 42, sha: 'abc123', ref: 'v6.0.0', environment: 'preview', description: 'Faster' },
    ...{ created_at: '2026-10-01T12:00:00Z', transient_environment: false },
  };
  const status = (state: string, at: string) => ({
    deployment,
    deployment_status: { state, description: '', log_url: 'https://ci/7', created_at: at },
  });
  expect([
    await github('deployment_status', status('success', '2026-10-01T12:03:00Z')),
    await github('deployment_status', status('in_progress', '2026-10-01T12:02:00Z')),
    await github('deployment_status', status('queued', '2026-10-01T12:01:00Z')),
    await github('deployment', { action: 'created', deployment }),
  ]).toEqual([200, 200, 200, 200]);
  const watched = await until('it is watched', () =>
    all('preview').find(({ state }) => state === 'watching'),
  );
  expect(all('preview')).toHaveLength(1);
  expect(await told('operations', 'Starting deployment 6.0.0')).toBe(0);
  await until('it has a card', async () =>
    (await admin().messages()).some(({ embeds, text }) => embeds.length === 0 && text.includes(watched.id)),
  );
});
