import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { Hook } from '../../../src/lib/http/Hook.js';
import { HttpServer } from '../../../src/lib/http/HttpServer.js';

const path = '/hooks/tests';
const open: HttpServer[] = [];
const logged: unknown[] = [];
const counted: string[] = [];
const taken: number[] = [];

const hook: Hook = {
  take: ({ body, header }) => {
    if (header('x-break') !== undefined) throw new Error('secret: hunter2');
    taken.push(body.length);
    return Promise.resolve({ status: 200, outcome: 'taken', body: { ok: true, message: 'Thanks.' } });
  },
};

afterEach(async () => {
  for (const list of [logged, counted, taken]) list.length = 0;
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function serve(): Promise<HttpServer> {
  const log = (...values: unknown[]): void => void logged.push(...values);
  const server = await HttpServer.listen({
    host: '127.0.0.1',
    port: 0,
    ready: () => Promise.resolve([]),
    metrics: { contentType: 'text/plain', text: () => Promise.resolve('') },
    logger: { debug: log, info: log, warn: log, error: log },
    hooks: { [path]: hook },
    countHook: (_, outcome) => counted.push(outcome),
  });
  open.push(server);
  return server;
}

/** Sends so many KiB without saying how many, and answers the status; `cut` where the server hung up before it answered. */
function chunked({ port }: HttpServer, kibibytes: number): Promise<number | 'cut'> {
  return new Promise((resolve) => {
    const sent = request({ port, host: '127.0.0.1', path, method: 'POST' }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on('error', () => resolve('cut'));
    for (let n = 0; n < kibibytes; n++) sent.write('x'.repeat(1024));
    sent.end();
  });
}

describe('the routes of hooks', () => {
  it('hand the body over as it came', async () => {
    const { url } = await serve();
    const response = await fetch(url + path, { method: 'POST', body: 'x'.repeat(256 * 1024) });
    expect([response.status, await response.json()]).toEqual([200, { ok: true, message: 'Thanks.' }]);
    expect([taken, counted]).toEqual([[256 * 1024], ['taken']]);
  });

  it('refuse a body that says it is larger than 256 KiB', async () => {
    const { url } = await serve();
    const response = await fetch(url + path, { method: 'POST', body: 'x'.repeat(256 * 1024 + 1) });
    expect(response.status).toBe(413);
    expect([taken, counted]).toEqual([[], ['too-large']]);
  });

  it('refuse one of 10 MiB that does not say how large it is, and go on answering', async () => {
    const server = await serve();
    expect([413, 'cut']).toContain(await chunked(server, 10 * 1024));
    expect(counted).toEqual(['too-large']);
    expect(taken).toEqual([]);
    expect(await chunked(server, 100)).toBe(200);
  });

  it('tell the caller nothing of what broke, and the log everything', async () => {
    const { url } = await serve();
    const response = await fetch(url + path, { method: 'POST', body: '{}', headers: { 'x-break': '1' } });
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('hunter2');
    expect(logged).toContainEqual(expect.objectContaining({ message: 'secret: hunter2' }));
    expect(counted).toEqual(['broken']);
  });

  it('answer POST alone', async () => {
    const { url } = await serve();
    const response = await fetch(url + path);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('that are off are not there', async () => {
    const { url } = await serve();
    expect((await fetch(`${url}/hooks/github`, { method: 'POST', body: '{}' })).status).toBe(404);
  });
});
