/** What goes over the wire to Slack and its like, and what becomes of it where they fail. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Card } from '../../../../src/lib/alerts/Card.js';
import type { OutgoingMessage } from '../../../../src/lib/alerts/Messenger.js';
import { Undeliverable } from '../../../../src/lib/alerts/Messenger.js';
import { asJson } from '../../../../src/lib/alerts/noticeSchema.js';
import { WebhookMessenger } from '../../../../src/lib/alerts/routing/WebhookMessenger.js';
import { type House, openHouse } from '../dispatch/house.js';

interface Taken {
  readonly method: string | undefined;
  readonly type: string | undefined;
  readonly body: string;
}

let house: House;
let server: Server;
let taken: Taken[];
let answer: (response: ServerResponse) => void;

beforeEach(async () => {
  taken = [];
  answer = (response) => void response.end('ok');
  server = createServer((request: IncomingMessage, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      taken.push({ method: request.method, type: request.headers['content-type'], body });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  house = await openHouse();
});
afterEach(async () => {
  await house.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const now = Date.UTC(2026, 10, 23, 3, 0, 0);
const messenger = (): WebhookMessenger =>
  new WebhookMessenger({
    discord: house.discord,
    urlOf: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/T0/B0/secret`,
    now: () => now,
    withinMs: 300,
  });
const message = (card: Card): OutgoingMessage => ({
  ...{ card, nonce: 'n', reference: '#128-7F3K', pingOnCall: true },
});
const card: Card = {
  tone: 'bad',
  title: 'Everything is off',
  body: ['Errors doubled.', { br: true }, 'Every flag is off.'],
  todo: ['Find out what is wrong, then ', { code: '/feature unkill' }, '.'],
  fields: [{ name: 'By', value: [{ user: '424242424242424242' }] }],
};
const send = (given: Card = card) => messenger().send('webhook:slack', message(given));
const refused = async (status: number, headers: Record<string, string> = {}): Promise<Undeliverable> => {
  answer = (response) => void response.writeHead(status, headers).end();
  const error: unknown = await send().catch((thrown: unknown) => thrown);
  if (!(error instanceof Undeliverable)) throw new Error(`It was taken: ${status}.`);
  expect(error.message).not.toContain('secret');
  return error;
};

describe('what is sent', () => {
  it('is a POST of JSON with one text, in the layout of every notice', async () => {
    await send();
    expect(taken).toHaveLength(1);
    expect(taken[0]).toMatchObject({ method: 'POST', type: 'application/json' });
    expect(JSON.parse(taken[0]?.body ?? '')).toEqual({
      text: [
        '🛑 *Everything is off*',
        'Errors doubled.',
        'Every flag is off.',
        '*To do:* Find out what is wrong, then `/feature unkill`.',
        '*By*: user 424242424242424242',
        '#128-7F3K',
      ].join('\n'),
    });
  });

  it('is cut between characters where it is too long, and keeps its reference', async () => {
    for (const filler of ['😀', '&', '<']) {
      taken = [];
      await send({ tone: 'info', title: 'x', body: filler.repeat(5_000) });
      const { text } = JSON.parse(taken[0]?.body ?? '') as { text: string };
      expect(text.length).toBeLessThan(3_600);
      expect(Buffer.from(text).toString()).toBe(text);
      expect(text).toMatch(/(😀|&amp;|&lt;)…\n#128-7F3K$/u);
    }
  });
});

describe('a webhook that does not take it', () => {
  it('is tried again when it says: 429 with seconds, or with a date', async () => {
    expect(await refused(429, { 'retry-after': '30' })).toMatchObject({ fate: 'retry', afterMs: 30_000 });
    const date = new Date(now + 90_000).toUTCString();
    expect(await refused(429, { 'retry-after': date })).toMatchObject({ fate: 'retry', afterMs: 90_000 });
    expect(await refused(503, { 'retry-after': '999999' })).toMatchObject({ afterMs: 3_600_000 });
    expect((await refused(429, { 'retry-after': 'soon' })).afterMs).toBeUndefined();
  });

  it('is tried again with growing pauses where it says nothing: 500, no answer in time, no connection', async () => {
    expect(await refused(500)).toMatchObject({ fate: 'retry', afterMs: undefined });
    answer = () => undefined;
    await expect(send()).rejects.toMatchObject({
      ...{ fate: 'retry', message: 'The webhook slack could not be reached: it did not answer.' },
    });
    answer = (response) => void response.socket?.destroy();
    await expect(send()).rejects.toMatchObject({ fate: 'retry' });
  });

  it('is given up and named where a person must act: gone, refused, or leading elsewhere', async () => {
    for (const status of [301, 400, 403, 404, 410]) {
      const { fate, message: said } = await refused(status);
      expect(fate).toBe('park');
      expect(said).toContain(`answered ${status}; look whether it still exists`);
    }
  });
});

it('while a webhook hangs, Discord is told all that comes, and the webhook gets its own once it answers', async () => {
  answer = () => undefined;
  const worker = house.another({ messenger: messenger() });
  const notice = (title: string, to: unknown) =>
    asJson({ kind: 'x', to, card: { tone: 'info', title } } as never);
  await house.commit(notice('for slack', { webhook: 'slack' }), notice('first', 'operations'));
  await worker.turn(house.fence);
  await expect.poll(() => house.discord.titles('operations')).toEqual(['first']);
  await house.commit(notice('second', 'operations'));
  await worker.turn(house.fence);
  await expect.poll(() => house.discord.titles('operations')).toEqual(['first', 'second']);
  await worker.idle();
  expect(await house.store.outbox.pending(10)).toHaveLength(1);

  answer = (response) => void response.end('ok');
  house.clock.skip(10_000);
  await worker.turn(house.fence);
  await worker.idle();
  expect(await house.store.outbox.pending(10)).toEqual([]);
  expect(taken.at(-1)?.body).toContain('for slack');
});
