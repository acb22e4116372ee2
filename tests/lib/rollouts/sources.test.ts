/** A rollout whose plan asks a Prometheus, which answers over HTTP as well or as badly as each test likes; the clocks are ours. */
import type { ServerResponse } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import type { MetricSource } from '../../../src/lib/health/sources/MetricSource.js';
import { prometheusSources } from '../../../src/lib/rollouts/judging/sources/prometheusSources.js';
import { type Asked, FakePrometheus, vector } from '../health/sources/FakePrometheus.js';
import { planOf, World } from './World.js';
import { ada } from '../flags/room.js';

interface Prometheus {
  readonly fake: FakePrometheus;
  /** Time passes, and what the judge asks in its turn is answered before the next. */
  readonly pass: (units: number) => Promise<void>;
  readonly until: (holds: () => Promise<boolean>) => Promise<void>;
  readonly source: (name: string) => Promise<{ is: string; text: string; figure: string } | undefined>;
  readonly world: World;
}

type Reply = string | ((asked: Asked, response: ServerResponse) => void);

const compared = `
      - name: api_errors
        bad: 'sum(increase(api_errors_total{arm="$arm"}[$window])) or vector(0)'
        exposure: 'sum(increase(api_requests_total{arm="$arm"}[$window]))'
        action: rollback`;
const limited = `
      - { name: queue, value: 'max(queue_length)', above: 100, action: pause }`;

async function rollingOut(metrics: string, reply: (query: string) => Reply): Promise<Prometheus> {
  const fake = await FakePrometheus.start();
  onTestFinished(() => fake.stop());
  fake.answer = (asked, response) => {
    const said = reply(asked.form.get('query') ?? '');
    if (typeof said === 'string') response.end(said);
    else said(asked, response);
  };
  const plan = planOf(`
rollout_strategy:
  name: short
  phases:
    - { name: some, percentage: 20, duration: 1h }
    - { name: rest, percentage: 100, duration: 24h }
  minimum_exposure: { guilds: 5, commands: 50 }
  tolerance: 20
  prometheus:
    url: http://${fake.address}
    timeout_ms: 100
    metrics:${metrics}
`);
  const pending = new Set<Promise<unknown>>();
  const noted = <T>(promise: Promise<T>): Promise<T> => {
    pending.add(promise);
    return promise;
  };
  const open = prometheusSources('secret');
  const world = await World.open({
    plan,
    sourceOf: (settings): MetricSource => {
      const source = open(settings);
      return {
        name: source.name,
        readArms: (...asked) => noted(source.readArms(...asked)),
        readValue: (...asked) => noted(source.readValue(...asked)),
      };
    },
  });
  await world.start();
  const pass = async (units: number): Promise<void> => {
    for (let passed = 0; passed < units; passed++) {
      await world.unit();
      await Promise.all(pending);
      pending.clear();
    }
  };
  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    for (let passed = 0; passed < 100; passed++) {
      if (await holds()) return;
      await pass(1);
    }
    throw new Error(`It did not happen: ${(await world.status()).headline}`);
  };
  const source = async (name: string) => (await world.status()).sources.find((one) => one.name === name);
  return { fake, pass, until, source, world };
}

const arms =
  (canaryBad: number, controlBad = 10) =>
  (query: string): string => {
    const isCanary = query.includes('canary');
    if (query.includes('requests')) return vector(isCanary ? '200' : '1000');
    return vector(String(isCanary ? canaryBad : controlBad));
  };

const stateOf = async ({ world }: Prometheus): Promise<string> => (await world.document()).state;

it('as good in both arms, it goes on, and shows what was counted', async () => {
  const prometheus = await rollingOut(compared + limited, (query) =>
    query.includes('queue') ? vector('12') : arms(2)(query),
  );
  await prometheus.until(async () => (await prometheus.world.document()).step === 1);
  expect(await prometheus.source('api_errors')).toMatchObject({ is: 'ok' });
  expect((await prometheus.source('api_errors'))?.figure).toMatch(/^1\.00× \(0\.\d\d…\d+\.\d\d\)$/);
  expect((await prometheus.source('api_errors'))?.text).toMatch(
    /could have been missed\. The query counted \d+ bad of [\d,]+ with the feature, \d+ of [\d,]+ without\. Evidence /,
  );
  expect(await prometheus.source('queue')).toMatchObject({ is: 'ok', figure: '12 (absolute)' });
  expect(prometheus.fake.asked[0]?.authorization).toBe('Bearer secret');
});

it('no span is asked for twice, none before the feature was served, and none that may not have arrived yet', async () => {
  const prometheus = await rollingOut(compared, arms(2));
  await prometheus.pass(3);
  const servedAt = (await prometheus.world.document()).served?.realAt ?? Infinity;
  await prometheus.pass(60);
  const spans = prometheus.fake.asked
    .filter(({ form }) => /requests.*canary/.test(form.get('query') ?? ''))
    .map(({ form }) => {
      const to = Number(form.get('time')) * 1000;
      return { from: to - Number(/\[(\d+)s\]/.exec(form.get('query') ?? '')?.[1]) * 1000, to };
    });
  expect(spans.length).toBeGreaterThan(3);
  for (const [at, { from, to }] of spans.entries()) {
    expect(from).toBeGreaterThanOrEqual(spans[at - 1]?.to ?? servedAt);
    expect(to).toBeLessThanOrEqual(prometheus.world.realNow - 60_000);
  }
});

it('ten times the errors roll it back, with a sentence that names the metric', async () => {
  const prometheus = await rollingOut(compared, arms(20));
  await prometheus.until(async () => (await stateOf(prometheus)) === 'rolled-back');
  expect(prometheus.world.on()).toEqual([]);
  const { sentences } = await prometheus.world.rollouts.explain('greeting');
  expect(sentences.join(' ')).toMatch(/Api_errors ran 10x the control's .* however often we look\./);
  expect(await prometheus.source('api_errors')).toMatchObject({ is: 'proven' });
});

it('a number above its limit pauses until a person resumes, who is asked again where it stays there', async () => {
  let queue = '101';
  const prometheus = await rollingOut(limited, () => vector(queue));
  await prometheus.until(async () => (await stateOf(prometheus)) === 'paused');
  expect((await prometheus.world.status()).verdict?.sentences).toContain(
    'queue is at 101, above its limit of 100.',
  );
  await prometheus.world.rollouts.resume('greeting', { by: ada });
  expect(await stateOf(prometheus)).toBe('running');
  await prometheus.until(async () => (await stateOf(prometheus)) === 'paused');
  queue = '100';
  await prometheus.pass(8);
  await prometheus.world.rollouts.resume('greeting', { by: ada });
  await prometheus.until(async () => (await prometheus.world.document()).step === 1);
});

const badDays: readonly (readonly [string, Reply, RegExp])[] = [
  ['500', (_, response) => void response.writeHead(500).end('oops'), /HTTP 500/],
  ['NaN', vector('NaN'), /answered NaN/],
  ['nothing in time', () => undefined, /did not answer within 0\.1 s/],
  ['no series', vector(), /or vector\(0\)/],
  ['more than can be', vector('1e300'), /cannot be/],
];

it.each(badDays)(
  '%s is no data and never health: the phase is not left, and says why',
  async (_, reply, why) => {
    const prometheus = await rollingOut(compared, (query) =>
      reply === badDays[4]?.[1] && query.includes('errors') ? vector('0') : reply,
    );
    await prometheus.pass(20);
    const { step, state } = await prometheus.world.document();
    expect({ step, state }).toEqual({ step: 0, state: 'holding' });
    expect((await prometheus.world.status()).obstacle).toMatch(
      /Prometheus has said nothing about api_errors/,
    );
    expect(await prometheus.source('api_errors')).toMatchObject({ is: 'no data', figure: '' });
    expect((await prometheus.source('api_errors'))?.text).toMatch(why);
  },
);

it('a source that falls silent in mid-rollout holds it, and one that is back lets it go on', async () => {
  let isAway = true;
  const away: Reply = (_, response) => void response.writeHead(503).end();
  const prometheus = await rollingOut(compared, (query) => (isAway ? away : arms(2)(query)));
  await prometheus.until(async () => (await stateOf(prometheus)) === 'holding');
  isAway = false;
  await prometheus.until(async () => (await prometheus.world.document()).step === 1);
  isAway = true;
  await prometheus.pass(110);
  expect(await prometheus.world.document()).toMatchObject({ step: 1, state: 'holding' });
});

it('where an arm has no traffic nothing was seen, which is not health', async () => {
  const prometheus = await rollingOut(compared, (query) =>
    query.includes('canary') ? vector('0') : vector('50'),
  );
  await prometheus.pass(20);
  expect(await prometheus.world.document()).toMatchObject({ step: 0, state: 'holding' });
  expect((await prometheus.source('api_errors'))?.text).toBe('One of the arms had no traffic.');
});

it('a server that hangs keeps no turn of the judge waiting: harm that the bot sees itself rolls back meanwhile', async () => {
  const prometheus = await rollingOut(compared, () => () => undefined);
  await prometheus.pass(2);
  prometheus.world.conduct.harm = 60;
  for (let passed = 0; passed < 40 && (await stateOf(prometheus)) !== 'rolled-back'; passed++)
    await prometheus.world.unit();
  expect(await stateOf(prometheus)).toBe('rolled-back');
});

it('what only tells, tells once and stops nothing', async () => {
  const prometheus = await rollingOut(limited.replace('pause', 'notify'), () => vector('101'));
  await prometheus.pass(20);
  expect((await prometheus.world.document()).step).toBe(1);
  const told = (await prometheus.world.document()).news.filter(({ text }) =>
    text.includes('queue is at 101'),
  );
  expect(told).toHaveLength(1);
});
