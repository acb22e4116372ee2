/** `/smoke`, typed by staff: the suites as they are, and what each says when something is broken. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { container } from '@sapphire/framework';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SmokeFinding } from '../../../src/lib/smoke/SmokeTest.js';
import {
  SmokeTest,
  type SmokeTestLoaderContext,
  type SmokeTestOptions,
} from '../../../src/smoke-tests/SmokeTest.js';
import { startBot, type RunningBot } from '../../support/bot.js';

let bot: RunningBot;
let endpoint: Server;
let status = 200;

/** A test of a host, in a suite of its own. */
function own(run: () => Promise<SmokeFinding[]>, timeoutMs = 1_000) {
  return class extends SmokeTest {
    public constructor(context: SmokeTestLoaderContext, options: SmokeTestOptions) {
      super(context, { ...options, suites: ['own'], timeoutMs });
    }

    public override run(): Promise<SmokeFinding[]> {
      return run();
    }
  };
}

beforeAll(async () => {
  endpoint = createServer((_request, response) => void response.writeHead(status).end());
  await new Promise<void>((resolve) => void endpoint.listen(0, '127.0.0.1', resolve));
  const { port } = endpoint.address() as AddressInfo;
  bot = await startBot({
    deployments: `
alerts: { messages_a_minute: 10000 }
smoke:
  endpoints: [{ name: payments, url: "http://127.0.0.1:${port}/" }]
  dashboards: [{ name: Grafana, url: "http://127.0.0.1:${port}/d" }]
`,
  });
});

afterAll(async () => {
  await bot.close();
  await new Promise((resolve) => endpoint.close(resolve));
  expect(bot.violations).toEqual([]);
});

const staff = () => bot.as('staff').in('operations');

describe('/smoke', () => {
  it(
    'passes where all is well, within five seconds, and is in the history',
    { timeout: 40_000 },
    async () => {
      const answer = await staff().slash('/smoke run', { reason: 'before lunch' });
      await expect
        .poll(() => bot.rollouts.smokeRuns.list()[0]?.endedAt, { timeout: 20_000 })
        .toBeTypeOf('number');
      const [run] = bot.rollouts.smokeRuns.list();
      expect(run?.result?.results.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
      expect(run?.result?.results.map(({ name }) => name)).toEqual([
        ...['commands', 'external-apis', 'gateway', 'logging', 'permissions', 'state-store'],
      ]);
      const shown = async () => (await staff().messages()).find(({ id }) => id === answer.id)?.text;
      await expect.poll(shown, { timeout: 10_000 }).toContain('The suite smoke passed: 6 tests');
      expect(run?.result?.tookMs).toBeLessThan(5_000);
      expect((await staff().slash('/smoke history')).text).toContain('before lunch');
      expect((await staff().slash('/smoke status')).text).toContain('The suite smoke passed');
    },
  );

  it.each(['acceptance', 'monitoring'])('the suite %s passes, and names what it left out', async (suite) => {
    const { run } = await bot.rollouts.smokeRuns.run({
      what: { suite },
      by: { id: 'system:test', name: 'test' },
    });
    expect(run.result?.results.filter(({ verdict }) => verdict === 'failed')).toEqual([]);
    expect(run.result?.leftOut.map(({ name }) => name)).toEqual(
      suite === 'monitoring' ? ['log-aggregation'] : [],
    );
  });

  it('names an endpoint that answers wrongly, and tells #operations', async () => {
    status = 503;
    const told = staff().next(({ ephemeral, text }) => !ephemeral && text.includes('1 smoke test failed'));
    await staff().slash('/smoke run', { test: 'external-apis' });
    const { text } = await told;
    status = 200;
    expect(text).toContain('payments answers: It answered 503');
    expect(text).toContain('/smoke run');
  });

  it('a test that throws, one that hangs and one that lies fail alone', async () => {
    const pieces = {
      lies: own(async () => []),
      throws: own(() => Promise.reject(new TypeError('broken on purpose'))),
      hangs: own(() => new Promise(() => undefined), 100),
    };
    for (const [name, piece] of Object.entries(pieces))
      await container.stores.loadPiece({ name, piece, store: 'smoke-tests' });
    const { run } = await bot.rollouts.smokeRuns.run({ what: { suite: 'own' }, by: { id: '1', name: 'me' } });
    const said = Object.fromEntries(
      (run.result?.results ?? []).map(({ name, sentence }) => [name, sentence]),
    );
    expect(said.lies).toContain('looked at nothing');
    expect(said.throws).toContain('broken on purpose');
    expect(said.hangs).toContain('did not end within 100 ms');
  });

  it.each([
    ['logging', 'POST', /typing$/, 'can be written to: The bot may not write there'],
    ['permissions', 'GET', /^\/channels\/\d+$/, 'the bot may write in #operations'],
    ['external-apis', 'GET', /gateway\/bot$/, "Discord's REST answers"],
  ] as const)('%s fails where Discord refuses, and says what', async (test, method, route, said) => {
    bot.sandbox.rest.fail({ method, route, status: 403, times: 10 });
    const { sentence, verdict } = await bot.rollouts.smoke.run(test);
    bot.sandbox.rest.heal();
    expect(verdict).toBe('failed');
    expect(sentence).toContain(said);
  });

  it('a name that nobody bears is refused with those there are', async () => {
    expect((await staff().slash('/smoke run', { test: 'nothing' })).text).toContain('There are: alerting');
  });
});
