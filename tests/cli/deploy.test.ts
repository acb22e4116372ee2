import { onTestFinished, describe, expect, it } from 'vitest';
import { DeploymentsHook } from '../../src/lib/deployments/webhooks/DeploymentsHook.js';
import { HttpServer } from '../../src/lib/http/HttpServer.js';
import { Ground, gateOf, ada } from '../lib/deployments/life/ground.js';
import { rollouts } from './FakeTerminal.js';

const secret = 'between-ci-and-the-bot';

async function bot() {
  const ground = await Ground.open();
  const log = (): void => undefined;
  const hook = new DeploymentsHook({
    ...{ deployments: ground.room, store: ground.store, secret, realTime: { now: () => Date.now() } },
  });
  const server = await HttpServer.listen({
    ...{ host: '127.0.0.1', port: 0, ready: () => Promise.resolve([]) },
    metrics: { contentType: 'text/plain', text: () => Promise.resolve('') },
    logger: { debug: log, info: log, warn: log, error: log },
    hooks: { '/hooks/deployments': hook },
  });
  onTestFinished(() => server.close());
  return { ground, environment: { ROLLOUTS_URL: server.url, DEPLOYMENT_WEBHOOK_SECRET: secret } };
}

describe('rollouts deploy', () => {
  it('tells the bot of a start and an end', async () => {
    const { ground, environment } = await bot();
    const started = await rollouts(['deploy', 'start', '1.4.0', '--summary', 'Faster'], environment);
    expect(started).toMatchObject({
      exitCode: 0,
      out: 'The bot knows that 1.4.0 is being deployed in production.',
    });
    expect(ground.room.status()).toMatchObject({ state: 'deploying', summary: 'Faster', source: 'webhook' });
    await rollouts(['deploy', 'finish', '1.4.0'], environment);
    expect(ground.room.status()?.state).toBe('testing');
  });

  it('tells why it failed, and in which environment', async () => {
    const { ground, environment } = await bot();
    await rollouts(['deploy', 'start', '1.4.0', '--env', 'staging'], environment);
    await rollouts(
      ['deploy', 'fail', '1.4.0', '--environment', 'staging', '--summary', 'no disk'],
      environment,
    );
    expect(ground.room.status('staging')?.ended?.why).toContain('no disk');
  });

  it('ends with 1 where the bot refuses it, so that CI stops', async () => {
    const { ground, environment } = await bot();
    await ground.room.takeGate(gateOf('1.4.0', 'failed'), 'production', { by: ada });
    const refused = await rollouts(['deploy', 'start', '1.4.0'], environment);
    expect(refused.exitCode).toBe(1);
    expect(refused.err).toBe(
      `The bot at ${environment.ROLLOUTS_URL} refused it (HTTP 409). The gate failed for 1.4.0: unit tests.\n` +
        'See /deploy validate for why, mend it and run the gate again. In an emergency an admin starts it with break-glass:True and a reason.',
    );
    const other = await rollouts(['deploy', 'start', '1.4.0', '--json'], environment);
    expect([other.exitCode, JSON.parse(other.out)]).toMatchObject([1, { code: 'REFUSED_BY_BOT' }]);
  });

  it('ends with 3 where the bot does not know of it and refused nothing, so that CI may go on', async () => {
    const { environment } = await bot();
    const wrong = await rollouts(['deploy', 'start', '1.4.0'], {
      ...environment,
      DEPLOYMENT_WEBHOOK_SECRET: 'another',
    });
    expect(wrong.exitCode).toBe(3);
    expect(wrong.err).toContain('The signature is not that of this body and this secret.');
    expect(wrong.err).toContain("Sign with the bot's own DEPLOYMENT_WEBHOOK_SECRET");
    expect(wrong.err).not.toContain('{');
  });

  it('links to the run that deploys it', async () => {
    const { ground, environment } = await bot();
    const github = {
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'acme/bot',
      GITHUB_RUN_ID: '7',
    };
    await rollouts(['deploy', 'start', '1.4.0'], { ...environment, ...github });
    expect(ground.room.status()?.link).toBe('https://github.com/acme/bot/actions/runs/7');
  });

  it.each([
    [{ DEPLOYMENT_WEBHOOK_SECRET: secret }, 'ROLLOUTS_URL'],
    [{ ROLLOUTS_URL: 'http://127.0.0.1:1' }, 'DEPLOYMENT_WEBHOOK_SECRET'],
  ])('says what is missing', async (environment, missing) => {
    const { exitCode, err } = await rollouts(['deploy', 'start', '1.4.0'], environment);
    expect(exitCode).toBe(1);
    expect(err).toContain(`Set ${missing}`);
  });

  it('refuses what the bot would refuse before it is sent', async () => {
    const { exitCode, err } = await rollouts(['deploy', 'start', '1 4'], {
      ROLLOUTS_URL: 'http://127.0.0.1:1',
    });
    expect([exitCode, err.includes('cannot be a version')]).toEqual([1, true]);
  });
});
