import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../../../src/lib/core/Clock.js';
import { probeAggregator } from '../../../../src/lib/smoke/probes/probeAggregator.js';

let server: Server;
let lines: string[];
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  lines = [];
  // As Loki answers: matching lines, and not the question.
  answer = ({ url = '' }, response) => {
    const asked = new URL(url, 'http://x').searchParams.get('query') ?? '';
    const wanted = /\|= "(.*)"/.exec(asked)?.[1] ?? '';
    const values = lines.filter((line) => line.includes(wanted)).map((line) => ['1', line]);
    response.end(
      JSON.stringify({ status: 'success', data: { resultType: 'streams', result: [{ values }] } }),
    );
  };
  server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const probe = async (write: (line: string) => boolean = (line) => lines.push(line) > 0, token?: string) => {
  const { port } = server.address() as AddressInfo;
  const [finding] = await probeAggregator({
    logs: {
      url: `http://127.0.0.1:${port}/loki/api/v1/query_range?query={app="bot"} |= "{marker}"`,
      withinMs: 700,
    },
    ...{ token, write, clock: systemClock, signal: new AbortController().signal, progress: () => undefined },
  });
  return finding;
};

it('passes once the line is there', async () => {
  const late = (line: string): boolean => {
    setTimeout(() => lines.push(line), 100);
    return true;
  };
  expect(await probe()).toMatchObject({ ok: true });
  expect(await probe(late)).toMatchObject({ ok: true });
});

it('fails where the line never arrives, or nothing is logged', async () => {
  expect((await probe(() => true))?.detail).toBe(
    'The line is not among what the address answers. Look at what ships the log of this process, and at smoke.logs in deployments.yaml.',
  );
  expect((await probe(() => false))?.detail).toContain('Set LOG_LEVEL to info');
});

it('an address that repeats the question is found out: it would find everything', async () => {
  answer = ({ url }, response) => void response.end(JSON.stringify({ query: url, hits: [] }));
  expect((await probe(() => true))?.detail).toContain('it repeats what it is asked for');
});

it('sends its token, and says so where that is not taken', async () => {
  const honest = answer;
  answer = (request, response) => {
    if (request.headers.authorization === 'Bearer right') return honest(request, response);
    response.writeHead(401).end();
  };
  expect(await probe(undefined, 'right')).toMatchObject({ ok: true });
  expect((await probe(undefined, 'wrong'))?.detail).toContain(
    'answers 401: the token of smoke.logs is not taken',
  );
});

it('an address that never ends its answer, or gives none, does not hold it up for longer than a line may take', async () => {
  answer = (_request, response) => void response.write('lines without end\n');
  expect((await probe(() => true))?.detail).toContain('The address does not answer.');
  answer = (request) => void request.socket.destroy();
  expect((await probe(() => true))?.detail).toContain('It cannot be asked:');
});
