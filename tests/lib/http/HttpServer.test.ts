import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { CannotListen, HttpServer, type HttpServerOptions } from '../../../src/lib/http/HttpServer.js';

const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const open: HttpServer[] = [];
const globalsOfTheHost = [globalThis.Request, globalThis.Response];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function serve(options: Partial<HttpServerOptions> = {}): Promise<HttpServer> {
  const server = await HttpServer.listen({
    host: '127.0.0.1',
    port: 0,
    ready: async () => [{ name: 'store', ok: true }],
    metrics: { contentType: 'text/plain; version=0.0.4', text: async () => 'up 1\n' },
    logger: quiet,
    ...options,
  });
  open.push(server);
  return server;
}

/** What comes back for these very bytes. */
async function raw(server: HttpServer, request: string): Promise<string> {
  const socket = connect(server.port, '127.0.0.1');
  socket.end(request);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer;
}

describe('the HTTP server', () => {
  it('answers /livez while the process lives, ready or not', async () => {
    const { url } = await serve({ ready: async () => [{ name: 'store', ok: false, why: 'gone' }] });
    const response = await fetch(`${url}/livez`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ ok: true });
  });

  it('answers /readyz with each check, 200 only where all are well', async () => {
    const checks = [
      { name: 'store', ok: true },
      { name: 'gateway', ok: true },
    ];
    const { url } = await serve({ ready: async () => checks });
    const well = await fetch(`${url}/readyz`);
    expect([well.status, await well.json()]).toEqual([200, { ok: true, checks }]);

    checks[1] = { name: 'gateway', ok: false, why: 'Not connected to Discord.' } as (typeof checks)[0];
    const unwell = await fetch(`${url}/readyz`);
    expect([unwell.status, await unwell.json()]).toEqual([503, { ok: false, checks }]);
  });

  it('is not ready where the checks never end', async () => {
    const { url } = await serve({ ready: () => new Promise(() => {}), readyWithinMs: 20 });
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ checks: [{ name: 'checks', ok: false }] });
  });

  it('hands out the metrics as they are, uncached', async () => {
    const { url } = await serve();
    const response = await fetch(`${url}/metrics`);
    expect(response.headers.get('content-type')).toContain('version=0.0.4');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.text()).toBe('up 1\n');
  });

  it('logs what failed, and tells the caller nothing of it', async () => {
    const logged: unknown[] = [];
    const { url } = await serve({
      ready: () => Promise.reject(new Error('redis://:hunter2@host')),
      logger: { ...quiet, error: (...values) => logged.push(...values) },
    });
    const response = await fetch(`${url}/readyz`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('hunter2');
    expect(logged[1]).toMatchObject({ message: 'redis://:hunter2@host' });
  });

  it('knows no other paths, and no methods but GET and HEAD', async () => {
    const { url } = await serve();
    expect((await fetch(`${url}/`)).status).toBe(404);
    expect((await fetch(`${url}/readyz/x`)).status).toBe(404);
    expect((await fetch(`${url}/livez`, { method: 'HEAD' })).status).toBe(200);
    const posted = await fetch(`${url}/metrics`, { method: 'POST', body: 'x' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('refuses large bodies and large headers', async () => {
    const { url } = await serve();
    expect((await fetch(`${url}/livez`, { method: 'POST', body: 'x'.repeat(65 * 1024) })).status).toBe(413);
    expect((await fetch(`${url}/livez`, { headers: { 'x-much': 'x'.repeat(9 * 1024) } })).status).toBe(431);
  });

  it('answers a Host header that is an address, and refuses one that is none', async () => {
    const server = await serve();
    const request = (host: string): string =>
      `GET /livez HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;
    expect(await raw(server, request('127.0.0.1'))).toContain('200 OK');
    expect(await raw(server, request('a b/c'))).toContain('400 Bad Request');
  });

  it('says so where the address is taken, and what to do', async () => {
    const { port } = await serve();
    const refused = await serve({ port }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(CannotListen);
    expect(refused).toMatchObject({
      message: `Cannot listen on 127.0.0.1:${port}: another program listens there already.`,
      next: expect.stringContaining('HTTP_PORT') as string,
    });
  });

  it('leaves the globals of its host as they are', async () => {
    await serve();
    expect([globalThis.Request, globalThis.Response]).toStrictEqual(globalsOfTheHost);
  });

  it('closes although a client keeps its connection', async () => {
    const server = await serve();
    await fetch(`${server.url}/livez`);
    await server.close();
    open.length = 0;
    await expect(fetch(`${server.url}/livez`)).rejects.toThrow();
  });
});
