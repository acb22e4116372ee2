/** Both hooks behind the real server: what is refused is counted, and neither the answer nor the log holds a stack trace. */
import { sign as signForGithub } from '@octokit/webhooks-methods';
import { request } from 'node:http';
import { describe, expect, it } from 'vitest';
import {
  sign,
  signatureHeader,
  timestampHeader,
} from '../../../../src/lib/deployments/webhooks/signature.js';
import { HttpHouse, internal, now, raw, secrets } from './HttpHouse.js';

const deployments = '/hooks/deployments';
const github = '/hooks/github';
const started = JSON.stringify({ event: 'started', version: '1.4.0' });

function signed(body: string, at = now, secret = secrets.deploymentSecret): Record<string, string> {
  const { timestamp, signature } = sign(body, secret, at);
  return { [timestampHeader]: timestamp, [signatureHeader]: signature };
}

async function fromGithub(body: string, more: Record<string, string> = {}): Promise<Record<string, string>> {
  return {
    'X-Hub-Signature-256': await signForGithub(secrets.githubSecret, body),
    'X-GitHub-Delivery': 'guid-00000001',
    'X-GitHub-Event': 'ping',
    ...more,
  };
}

describe('a message to /hooks/deployments over HTTP', () => {
  const minutes = (count: number): number => now + count * 60_000;

  it.each([
    ['unsigned', started, {}, 401, 'unsigned'],
    ['signed with another secret', started, signed(started, now, 'guessed'), 401, 'unsigned'],
    ['signed for another body', `${started} `, signed(started), 401, 'unsigned'],
    [
      'with a signature of another kind',
      started,
      { ...signed(started), [signatureHeader]: 'x' },
      401,
      'unsigned',
    ],
    ['signed longer ago than five minutes', started, signed(started, minutes(-5) - 1_000), 401, 'late'],
    ['signed further ahead than five minutes', started, signed(started, minutes(5) + 1_000), 401, 'late'],
    ['that is no JSON', '{"event":', signed('{"event":'), 400, 'malformed'],
    [
      'that is a form',
      'event=started&version=1.4.0',
      signed('event=started&version=1.4.0'),
      400,
      'malformed',
    ],
    ['without a body', '', signed(''), 400, 'malformed'],
    ['that is nested deeply', '['.repeat(200_000), signed('['.repeat(200_000)), 400, 'malformed'],
    ['of 256 KiB and one byte', 'x'.repeat(262_145), signed('x'.repeat(262_145)), 413, 'too-large'],
    ['of 10 MB', 'x'.repeat(10_000_000), signed('x'.repeat(10_000_000)), 413, 'too-large'],
  ])('%s is refused, counted, and changes nothing', async (_, body, headers, status, outcome) => {
    const house = await HttpHouse.open();
    const answer = await house.post(deployments, body, headers);
    expect(answer.status).toBe(status);
    expect(answer.text).not.toMatch(internal);
    expect(await house.counted(deployments)).toEqual({ [outcome]: 1 });
    expect(house.logged).toEqual([]);
    expect(house.ground.room.list()).toEqual([]);
    expect(await house.ground.audited()).toEqual([]);
  });

  it('is taken to the last second of five minutes, whichever clock is ahead', async () => {
    const house = await HttpHouse.open();
    expect((await house.post(deployments, started, signed(started, minutes(-5)))).status).toBe(200);
    expect((await house.post(deployments, started, signed(started, minutes(5)))).status).toBe(200);
    expect(await house.counted(deployments)).toEqual({ taken: 2 });
  });

  it('is taken once, and replayed it is refused, also a hundred times at once', async () => {
    const house = await HttpHouse.open();
    const headers = signed(started);
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => house.post(deployments, started, headers)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(await house.counted(deployments)).toEqual({ taken: 1, replayed: 99 });
    expect(await house.ground.audited()).toHaveLength(1);
  });

  it('whose length is not told is cut off at 256 KiB, signed or not', async () => {
    const house = await HttpHouse.open();
    const body = 'x'.repeat(2_000_000);
    const status = await new Promise<number | 'cut'>((resolve) => {
      const sent = request(
        {
          port: house.server.port,
          host: '127.0.0.1',
          path: deployments,
          method: 'POST',
          headers: signed(body),
        },
        (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        },
      );
      sent.on('error', () => resolve('cut'));
      sent.write(body);
      sent.end();
    });
    expect([413, 'cut']).toContain(status);
    expect(await house.hasCounted(deployments)).toEqual({ 'too-large': 1 });
    expect(house.logged).toEqual([]);
  });

  it('that comes byte by byte is waited for a while, and no longer', async () => {
    const house = await HttpHouse.open(secrets, 50);
    const heard = await raw(
      house.server.port,
      `POST ${deployments} HTTP/1.1\r\nHost: bot\r\nContent-Length: 90\r\n\r\n{`,
    );
    expect(heard).toMatch(/^HTTP\/1\.1 408 /);
    expect(heard).toMatch(/\r\nconnection: close\r\n/i);
    expect(heard).not.toMatch(internal);
    expect(await house.counted(deployments)).toEqual({ slow: 1 });
    expect(house.logged).toEqual([]);
  });

  it.each([
    ['that ends before its time', 'Content-Length: 90\r\n\r\n{"event"', true],
    ['whose chunks are none', 'Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n', false],
  ])('%s is no fault of ours: counted, and not in the log', async (_, rest, hangsUp) => {
    const house = await HttpHouse.open();
    await raw(house.server.port, `POST ${deployments} HTTP/1.1\r\nHost: bot\r\n${rest}`, hangsUp);
    expect(await house.hasCounted(deployments)).toEqual({ cut: 1 });
    expect(house.logged).toEqual([]);
    expect((await house.post(deployments, started, signed(started))).status).toBe(200);
  });

  it('by any method but POST is refused and counted', async () => {
    const house = await HttpHouse.open();
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
      const response = await fetch(house.server.url + deployments, { method });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    }
    expect(await house.counted(deployments)).toEqual({ 'wrong-method': 4 });
  });

  it('of any content type is read as JSON: what counts is the signature', async () => {
    const house = await HttpHouse.open();
    const headers = { ...signed(started), 'content-type': 'application/x-www-form-urlencoded' };
    expect((await house.post(deployments, started, headers)).status).toBe(200);
  });
});

describe('a message to /hooks/github over HTTP', () => {
  it.each([
    ['unsigned', '{}', { 'X-Hub-Signature-256': '' }, 401, 'unsigned'],
    ['with a signature of nonsense', '{}', { 'X-Hub-Signature-256': 'sha256=ü' }, 401, 'unsigned'],
    ['signed by SHA-1', '{}', { 'X-Hub-Signature-256': 'sha1=00' }, 401, 'unsigned'],
    ['as a form', 'payload=%7B%7D', {}, 400, 'malformed'],
    ['whose id could be anything', '{}', { 'X-GitHub-Delivery': '../../x' }, 400, 'malformed'],
    ['without a body', '', {}, 401, 'unsigned'],
    ['of 10 MB', 'x'.repeat(10_000_000), {}, 413, 'too-large'],
  ])('%s is refused, counted, and changes nothing', async (_, body, more, status, outcome) => {
    const house = await HttpHouse.open();
    const signature = body === '' ? { 'X-Hub-Signature-256': 'sha256=00' } : await fromGithub(body);
    const headers = Object.entries({ ...signature, ...more }).map(([name, value]) => [
      name,
      encodeLatin(value),
    ]);
    const answer = await house.post(github, body, Object.fromEntries(headers) as Record<string, string>);
    expect(answer.status).toBe(status);
    expect(answer.text).not.toMatch(internal);
    expect(await house.counted(github)).toEqual({ [outcome]: 1 });
    expect(house.logged).toEqual([]);
    expect(house.ground.room.list()).toEqual([]);
  });

  it('as a form says which content type to choose', async () => {
    const house = await HttpHouse.open();
    const body = 'payload=%7B%7D';
    expect((await house.post(github, body, await fromGithub(body))).text).toContain(
      'Choose application/json',
    );
  });
});

it('a route whose secret is not set is not there, and the other is', async () => {
  const house = await HttpHouse.open({ githubSecret: secrets.githubSecret });
  expect((await house.post(deployments, started, signed(started))).status).toBe(404);
  expect((await house.post(github, '{}', await fromGithub('{}'))).status).toBe(200);
  const none = await HttpHouse.open({});
  expect((await none.post(github, '{}', await fromGithub('{}'))).status).toBe(404);
});

/** Headers are Latin-1 on the wire. */
function encodeLatin(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
