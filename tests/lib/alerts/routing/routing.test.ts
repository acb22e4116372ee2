import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Notice } from '../../../../src/lib/alerts/Card.js';
import { asJson, readNotice } from '../../../../src/lib/alerts/noticeSchema.js';
import type { Route } from '../../../../src/lib/alerts/routing/AlertSettings.js';
import { copiesOf } from '../../../../src/lib/alerts/routing/copiesOf.js';
import { plainText } from '../../../../src/lib/alerts/routing/plainText.js';
import { routesOf } from '../../../../src/lib/alerts/routing/routesOf.js';
import { WebhookMessenger } from '../../../../src/lib/alerts/routing/WebhookMessenger.js';
import { fanOut } from '../../../../src/lib/control/FanOut.js';
import { type House, openHouse } from '../dispatch/house.js';

const notice = (more: Partial<Notice> = {}): Notice => ({
  kind: 'rollback',
  to: 'operations',
  card: {
    tone: 'bad',
    title: 'Rolled back',
    buttons: [{ label: 'Undo', style: 'danger', action: 'undo', args: ['{entry}'] }],
  },
  ...more,
});

const route = (more: Partial<Route>): Route => ({
  events: ['*'],
  severity: 'info',
  to: ['management'],
  ...more,
});

describe('who else is told', () => {
  it('goes by kind and by gravity', () => {
    const told = (routes: readonly Route[]) => routesOf(notice(), routes);
    expect(told([route({ events: ['rollback'] })])).toEqual(['management']);
    expect(told([route({ events: ['roll*'] })])).toEqual(['management']);
    expect(told([route({ events: ['rollout'] })])).toEqual([]);
    expect(routesOf(notice({ card: { tone: 'info', title: 'x' } }), [route({ severity: 'warn' })])).toEqual(
      [],
    );
  });

  it('nobody twice, not where it stands anyway, and nothing of what is for one guild', () => {
    const to: Route['to'] = ['operations', 'management', { webhook: 'slack' }];
    expect(routesOf(notice(), [route({ to }), route({ to })])).toEqual(['management', { webhook: 'slack' }]);
    expect(routesOf(notice({ to: { channel: '1' } }), [route({ to })])).toEqual([]);
  });
});

describe('a webhook', () => {
  let house: House;
  let server: Server;
  let taken: string[];
  let status: number;
  let url: string | undefined;

  beforeEach(async () => {
    taken = [];
    status = 200;
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        if (status === 200) taken.push((JSON.parse(body) as { text: string }).text);
        response.writeHead(status, { 'retry-after': '7' }).end();
      });
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
    house = await openHouse();
  });
  afterEach(async () => {
    await house.close();
    await new Promise((resolve) => server.close(resolve));
  });

  const dispatcher = () => {
    const routes = [route({ to: ['management', { webhook: 'slack' }] })];
    return house.another({
      messenger: new WebhookMessenger({ discord: house.discord, urlOf: () => url }),
      routing: {
        applies: (one) => routesOf(one, routes).length > 0,
        expand: fanOut({
          store: house.store,
          noticesOf: (entry) => {
            const read = readNotice(entry.body);
            return 'problem' in read ? [] : copiesOf(entry, read, routesOf(read, routes));
          },
        }),
      },
    });
  };
  const work = async (worker = dispatcher()) => {
    await house.work(worker);
    await house.work(worker);
  };

  it('all copies bear one reference, buttons undo the change itself, and on-call is called once', async () => {
    const { seq } = await house.commit(asJson(notice({ pingOnCall: true })));
    await work();
    const inChannel = (id: string) => house.discord.standing.find(({ channelId }) => channelId === id);
    const [first, second] = [inChannel('operations'), inChannel('management')];
    expect(first?.reference).toMatch(new RegExp(`^#${seq}-`));
    expect(second?.reference).toBe(first?.reference);
    expect(first?.card.buttons?.[0]?.args).toEqual([`${seq}-0`]);
    expect([first?.pingOnCall, second?.pingOnCall]).toEqual([true, false]);
    expect(taken).toHaveLength(1);
    expect(taken[0]).toContain('*Rolled back*');
    expect(taken[0]).toContain(first?.reference);
    await work();
    expect(house.discord.standing).toHaveLength(2);
  });

  it('that fails is tried again and holds nobody else back', async () => {
    status = 500;
    const worker = dispatcher();
    await house.commit(asJson(notice()));
    await work(worker);
    expect(house.discord.titles('operations')).toEqual(['Rolled back']);
    expect(taken).toEqual([]);
    status = 200;
    house.clock.skip(10_000);
    await work(worker);
    expect(taken).toHaveLength(1);
  });

  it('that is gone, has no address or no https is parked and named, and its address stands nowhere', async () => {
    status = 404;
    await house.commit(asJson(notice({ to: { webhook: 'slack' } })));
    await work();
    const [parked] = await house.store.outbox.parked();
    expect(parked?.reason).toContain('The webhook slack answered 404');
    expect(house.logger.lines.join()).not.toContain('/hook');
    url = 'http://example.com/hook';
    const insecure = new WebhookMessenger({ discord: house.discord, urlOf: () => url });
    const message = { card: notice().card, nonce: 'n', reference: '#1', pingOnCall: false };
    await expect(insecure.send('webhook:slack', message)).rejects.toThrow('not https');
    url = undefined;
    await expect(insecure.send('webhook:slack', message)).rejects.toThrow('no address');
  });

  it('text of people cannot call anybody there', () => {
    const body = [{ code: '<@U1>' }, ' @all, [look](https://evil.example)'];
    const text = plainText({ tone: 'warn', title: '<!channel> & co', body, todo: 'Nothing.' }, '#1-AB');
    expect(text.replaceAll('\u2060', '|')).toBe(
      '⚠️ *&lt;!channel&gt; &amp; co*\n`&lt;@|U1&gt;` @|all, [look]|(https://evil.example)\n*To do:* Nothing.\n#1-AB',
    );
  });
});
