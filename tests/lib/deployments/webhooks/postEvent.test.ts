import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../../../src/lib/core/Clock.js';
import { postEvent } from '../../../../src/lib/deployments/webhooks/postEvent.js';
import { verify } from '../../../../src/lib/deployments/webhooks/signature.js';

interface Taken {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A bot's HTTP port that answers as it is told, in turn. */
async function listen(...answers: ((response: ServerResponse) => void)[]) {
  const taken: Taken[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      taken.push({ path: request.url ?? '', headers: request.headers, body });
      (answers.shift() ?? ((last) => last.writeHead(200).end()))(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise((resolve) => server.close(() => resolve())));
  return { taken, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const status =
  (code: number, text = '') =>
  (response: ServerResponse) =>
    response.writeHead(code).end(text);
const options = { secret: 'a secret', clock: systemClock, patience: [0, 0] };
const header = (headers: IncomingHttpHeaders, name: string) => String(headers[name]);

describe('an event that is posted', () => {
  it('arrives signed at /hooks/deployments', async () => {
    const { url, taken } = await listen();
    await postEvent({ event: 'gate' }, { ...options, url });
    const [{ path, headers, body } = { path: '', headers: {}, body: '' }] = taken;
    expect([path, body]).toEqual(['/hooks/deployments', '{"event":"gate"}']);
    const signature = {
      timestamp: header(headers, 'x-rollouts-timestamp'),
      signature: header(headers, 'x-rollouts-signature'),
    };
    expect(verify(body, signature, 'a secret', Date.now())).toBe('ok');
  });

  it('goes where the address says, where it says more than a host', async () => {
    const { url, taken } = await listen();
    await postEvent({}, { ...options, url: `${url}/bot/hooks/deployments` });
    expect(taken[0]?.path).toBe('/bot/hooks/deployments');
  });

  it('is tried again where the bot is away for a moment', async () => {
    const { url, taken } = await listen(status(503), (response) => void response.destroy());
    await postEvent({ event: 'gate' }, { ...options, url });
    expect(taken).toHaveLength(3);
  });

  it('is given up after the last try, and says why and what to do', async () => {
    const { url, taken } = await listen(status(500, 'oh'), status(500, 'oh'), status(500, 'oh'));
    await expect(postEvent({}, { ...options, url })).rejects.toMatchObject({
      code: 'NOT_POSTED',
      message: `${url} answered with HTTP 500, and not in the bot's words.`,
    });
    expect(taken).toHaveLength(3);
    await expect(postEvent({}, { ...options, url: 'http://127.0.0.1:1' })).rejects.toMatchObject({
      next: 'Look whether the bot runs and its HTTP port can be reached from here.',
    });
  });

  it.each([
    [401, 'this machine', 'NOT_POSTED'],
    [404, 'Give the bot a DEPLOYMENT_WEBHOOK_SECRET', 'NOT_POSTED'],
    [400, 'should be of one version', 'NOT_POSTED'],
  ])('is not tried again where the answer will not change: %i', async (code, next, kind) => {
    const { url, taken } = await listen(status(code));
    await expect(postEvent({}, { ...options, url })).rejects.toMatchObject({
      code: kind,
      next: expect.stringContaining(next) as string,
    });
    expect(taken).toHaveLength(1);
  });

  it('that the bot refuses is told in its words, with what it says to do', async () => {
    const { url, taken } = await listen(
      status(
        409,
        JSON.stringify({ ok: false, code: 'GATE_FAILED', message: 'The gate failed.', next: 'Mend it.' }),
      ),
    );
    await expect(postEvent({}, { ...options, url })).rejects.toMatchObject({
      code: 'REFUSED_BY_BOT',
      message: `The bot at ${url} refused it (HTTP 409). The gate failed.`,
      next: 'Mend it.',
    });
    expect(taken).toHaveLength(1);
  });

  it('that a proxy refuses shows nothing of its page', async () => {
    const page = status(502, '<html><body>Bad gateway</body></html>');
    const { url, taken } = await listen(page, page, page);
    await expect(postEvent({}, { ...options, url })).rejects.toMatchObject({
      code: 'NOT_POSTED',
      message: `${url} answered with HTTP 502, and not in the bot's words.`,
      next: expect.stringContaining('proxy') as string,
    });
    expect(taken).toHaveLength(3);
  });

  it('that was taken though its answer was lost is no failure', async () => {
    const replayed = JSON.stringify({ ok: false, code: 'REPLAYED', message: 'Taken before.' });
    const { url } = await listen((response) => void response.destroy(), status(409, replayed));
    await postEvent({}, { ...options, url });
    const first = await listen(status(409, replayed));
    await expect(postEvent({}, { ...options, url: first.url })).rejects.toMatchObject({
      code: 'REFUSED_BY_BOT',
    });
  });

  it('is not carried on to another address', async () => {
    const other = await listen();
    const { url } = await listen(
      ...[0, 1, 2].map(() => (response: ServerResponse) => {
        response.writeHead(307, { location: other.url }).end();
      }),
    );
    await expect(postEvent({}, { ...options, url })).rejects.toMatchObject({ code: 'NOT_POSTED' });
    expect(other.taken).toEqual([]);
  });

  it('is refused here where the bot would refuse it', async () => {
    await expect(postEvent({}, { ...options, url: 'ftp://x' })).rejects.toMatchObject({ code: 'NOT_POSTED' });
    await expect(postEvent({}, { ...options, url: 'bot.example.org' })).rejects.toMatchObject({
      message: 'bot.example.org is no http:// or https:// address.',
    });
    const { url, taken } = await listen();
    // As many bytes as the text is long, beside {"text":""}.
    const sized = (bytes: number) => postEvent({ text: 'x'.repeat(bytes - 11) }, { ...options, url });
    await expect(sized(256 * 1024 + 1)).rejects.toMatchObject({
      message: expect.stringContaining('256 KiB') as string,
    });
    expect(taken).toEqual([]);
    await sized(256 * 1024);
    expect(taken).toHaveLength(1);
  });

  it('says what kept it from arriving', async () => {
    await expect(postEvent({}, { ...options, url: 'http://127.0.0.1:1' })).rejects.toThrow(
      /^http:\/\/127\.0\.0\.1:1 cannot be reached: (?:bad port|connect ECONNREFUSED.*)\.$/,
    );
  });

  it('a bot that does not answer is waited for ten seconds, and no longer', async () => {
    const limits: number[] = [];
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      limits.push(ms);
      return AbortSignal.abort(new DOMException('late', 'TimeoutError'));
    });
    onTestFinished(() => timeout.mockRestore());
    await expect(postEvent({}, { ...options, url: 'http://127.0.0.1:1', patience: [] })).rejects.toThrow(
      'did not answer within 10 s',
    );
    expect(limits).toEqual([10_000]);
  });
});
