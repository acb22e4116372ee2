import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { PrometheusClient } from '../../../../src/lib/health/sources/PrometheusClient.js';
import { FakePrometheus, vector } from './FakePrometheus.js';

let prometheus: FakePrometheus;

beforeAll(async () => {
  prometheus = await FakePrometheus.start();
});
beforeEach(() => {
  prometheus.asked.length = 0;
});
afterAll(() => prometheus.stop());

const clientOf = (options: { token?: string; timeoutMs?: number } = {}): PrometheusClient =>
  new PrometheusClient({ url: `http://${prometheus.address}`, ...options });

async function askedFor(body: string, status = 200): Promise<unknown> {
  prometheus.answer = (_, response) => void response.writeHead(status).end(body);
  return clientOf().ask('up', 1_700_000_000_123);
}

test('one number is read, as a vector of one or as a scalar', async () => {
  expect(await askedFor(vector('12.5'))).toEqual({ value: 12.5 });
  const scalar = { status: 'success', data: { resultType: 'scalar', result: [1, '3'] } };
  expect(await askedFor(JSON.stringify(scalar))).toEqual({ value: 3 });
});

test('it is asked for the time that was wanted, below the path of its address', async () => {
  prometheus.answer = (_, response) => void response.end(vector('1'));
  await new PrometheusClient({ url: `http://${prometheus.address}/prom/` }).ask('up', 1_700_000_000_123);
  const [asked] = prometheus.asked;
  expect(asked?.path).toBe('/prom/api/v1/query');
  expect(Object.fromEntries(asked?.form ?? [])).toEqual({
    query: 'up',
    time: '1700000000.123',
    timeout: '5000ms',
  });
});

test('a token or the password of the address is sent as authorization', async () => {
  prometheus.answer = (_, response) => void response.end(vector('1'));
  await clientOf({ token: 'secret' }).ask('up', 0);
  await new PrometheusClient({ url: `http://me:p%40ss@${prometheus.address}` }).ask('up', 0);
  await clientOf().ask('up', 0);
  expect(prometheus.asked.map(({ authorization }) => authorization)).toEqual([
    'Bearer secret',
    `Basic ${Buffer.from('me:p@ss').toString('base64')}`,
    undefined,
  ]);
});

const partial = JSON.stringify({ ...JSON.parse(vector('1')), warnings: ['store 2 is away'] });

test.each([
  ['NaN', vector('NaN'), 200, 'NaN'],
  ['infinity', vector('+Inf'), 200, '+Inf'],
  ['an empty text', vector(''), 200, 'nothing'],
  ['no series', vector(), 200, 'no such series'],
  ['several series', vector('1', '2'), 200, '2 series'],
  ['a part of the truth', partial, 200, 'store 2 is away'],
  ['HTTP 500', 'oops', 500, 'HTTP 500'],
  ['a number with HTTP 500', vector('0'), 500, 'HTTP 500'],
  ['a query it cannot read', '{"status":"error","error":"parse error"}', 400, 'parse error'],
  ['a page for people', '<html>', 200, 'not one number'],
  ['a range', '{"status":"success","data":{"resultType":"matrix","result":[]}}', 200, 'not one number'],
  ['far too much', ' '.repeat(70_000), 200, 'larger than 64 KiB'],
])('%s is no data, and says so', async (_, body, status, why) => {
  expect(await askedFor(body, status)).toEqual({ why: expect.stringContaining(why) as string });
});

test('an answer that comes too late is no data', async () => {
  prometheus.answer = () => undefined;
  expect(await clientOf({ timeoutMs: 30 }).ask('up', 0)).toEqual({ why: 'it did not answer within 0.03 s' });
});

test('an answer that breaks off is no data', async () => {
  prometheus.answer = (_, response) => {
    response.writeHead(200, { 'content-length': '500' }).write(vector('0').slice(0, 20));
    response.socket?.destroySoon();
  };
  expect(await clientOf().ask('up', 0)).toEqual({
    why: expect.stringContaining('could not be asked') as string,
  });
});

test('a server that is not there is no data', async () => {
  const gone = await FakePrometheus.start();
  const client = new PrometheusClient({ url: `http://${gone.address}` });
  await gone.stop();
  expect(await client.ask('up', 0)).toEqual({ why: expect.stringContaining('ECONNREFUSED') as string });
});

test('a redirect is not followed', async () => {
  prometheus.answer = ({ path }, response) => {
    if (path === '/elsewhere') response.end(vector('0'));
    else response.writeHead(307, { location: '/elsewhere' }).end();
  };
  expect(await clientOf({ token: 'secret' }).ask('up', 0)).toHaveProperty('why');
  expect(prometheus.asked).toHaveLength(1);
});
