import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { verify } from '../../src/lib/deployments/webhooks/signature.js';
import { readPush } from '../../src/lib/scorecard/engineering/readPush.js';
import { rollouts } from './FakeTerminal.js';

const secret = 'a secret of thirty-two characters';
let server: Server;
let folder: string;
let taken: {
  readonly body: string;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly path: string;
}[];
let environment: Record<string, string>;

beforeEach(async () => {
  taken = [];
  folder = await mkdtemp(join(tmpdir(), 'rollouts-metrics-'));
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      taken.push({
        body: Buffer.concat(parts).toString(),
        headers: request.headers,
        path: request.url ?? '',
      });
      response.end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  environment = { ROLLOUTS_URL: `http://127.0.0.1:${port}`, DEPLOYMENT_WEBHOOK_SECRET: secret };
});
afterEach(async () => {
  server.close();
  await rm(folder, { recursive: true });
});

it('pushes what was measured, signed, in a form that the scorecard takes', async () => {
  const { exitCode, out } = await rollouts(
    [
      'metrics',
      'push',
      'test-coverage=81.2',
      'technical-debt=12',
      '--release',
      '1.4.0',
      '--baseline',
      'technical-debt=30',
    ],
    environment,
  );
  expect(exitCode).toBe(0);
  expect(out).toContain('test-coverage, technical-debt');
  const [sent] = taken;
  expect(sent?.path).toBe('/hooks/deployments');
  const signed = {
    timestamp: String(sent?.headers['x-rollouts-timestamp']),
    signature: String(sent?.headers['x-rollouts-signature']),
  };
  expect(verify(sent?.body ?? '', signed, secret, Date.now())).toBe('ok');
  expect(readPush(JSON.parse(sent?.body ?? ''))).toEqual({
    version: '1.4.0',
    metrics: { 'test-coverage': 81.2, 'technical-debt': 12 },
    baseline: { 'technical-debt': 30 },
  });
});

it('reads a file, and what is typed goes before it', async () => {
  const file = join(folder, 'metrics.json');
  await writeFile(file, JSON.stringify({ metrics: { 'test-coverage': 70, 'code-duplication': 3 } }));
  await rollouts(['metrics', 'push', 'test-coverage=71', '--file', file], environment);
  expect(JSON.parse(taken[0]?.body ?? '')).toMatchObject({
    metrics: { 'test-coverage': 71, 'code-duplication': 3 },
  });
});

it.each([
  [['coverage=80'], 'There is no figure "coverage".\nFigures: test-coverage'],
  [['test-coverage=much'], 'is no figure'],
  [['test-coverage'], 'is no figure'],
  [['test-coverage=1=2'], 'is no figure'],
  [[], 'There is nothing to push.'],
  [['--file', '/nowhere.json'], '/nowhere.json does not exist'],
])('what cannot be pushed is refused, and nothing is sent: %j', async (args, said) => {
  const { exitCode, err } = await rollouts(['metrics', 'push', ...args], environment);
  expect(exitCode).toBe(1);
  expect(err).toContain(said);
  expect(taken).toEqual([]);
});

it('says which variable is missing', async () => {
  const { exitCode, err } = await rollouts(['metrics', 'push', 'test-coverage=80'], {
    ROLLOUTS_URL: 'http://x',
  });
  expect(exitCode).toBe(1);
  expect(err).toContain('DEPLOYMENT_WEBHOOK_SECRET is not set');
});
