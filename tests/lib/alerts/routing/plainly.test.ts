/** Which notices go where, at their limits, and how a card reads as plain text. */
import { describe, expect, it } from 'vitest';
import type { Card, Notice, Tone } from '../../../../src/lib/alerts/Card.js';
import { alertDefaults } from '../../../../src/lib/alerts/routing/AlertSettings.js';
import { copiesOf } from '../../../../src/lib/alerts/routing/copiesOf.js';
import { plainText } from '../../../../src/lib/alerts/routing/plainText.js';
import { routesOf } from '../../../../src/lib/alerts/routing/routesOf.js';

it('the defaults are the seed’s: twelve a minute, and three calls ten minutes apart', () => {
  expect(alertDefaults).toEqual({
    ...{ routes: [], webhooks: [], messagesAMinute: 12, escalation: { everyMs: 600_000, times: 3 } },
  });
});

const tones = ['info', 'good', 'warn', 'bad'] as const;
const notice = (tone: Tone, kind = 'deployment-monitor'): Notice => ({
  ...{ kind, to: 'operations', card: { tone, title: 'x' } },
});

describe('a route', () => {
  it.each([
    ['info', ['info', 'good', 'warn', 'bad']],
    ['good', ['info', 'good', 'warn', 'bad']],
    ['warn', ['warn', 'bad']],
    ['bad', ['bad']],
  ] as const)('from %s on takes %j', (severity, taken) => {
    const route = { events: ['*'], severity, to: ['management'] as const };
    expect(tones.filter((tone) => routesOf(notice(tone), [route]).length > 0)).toEqual(taken);
  });

  it.each([
    ['deployment*', true],
    ['*monitor', true],
    ['*ment-mon*', true],
    ['deployment', false],
    ['monitor', false],
    ['deployment.monitor', false],
    ['*.*', false],
  ])('of %s is for a deployment-monitor: %s', (event, isMeant) => {
    const route = { events: ['other', event], severity: 'info' as const, to: ['management'] as const };
    expect(routesOf(notice('info'), [route])).toEqual(isMeant ? ['management'] : []);
  });
});

it('copies bear keys and the first one’s reference; a file goes to channels and not to webhooks, and nobody is called twice', () => {
  const entry = { id: '7-0', seq: 7, commitId: '7F3K2QX0', at: 1, body: null };
  const file = { name: 'f.json', text: '{}' };
  const first: Notice = { ...notice('bad'), pingOnCall: true, file };
  const origin = { id: '7-0', seq: 7, commitId: '7F3K2QX0' };
  const { kind, card } = first;
  expect(copiesOf(entry, first, ['management', { webhook: 'slack' }])).toEqual([
    { key: '00', notice: { ...first, origin } },
    { key: '01', notice: { kind, to: 'management', card, file, origin } },
    { key: '02', notice: { kind, to: { webhook: 'slack' }, card, origin } },
  ]);
  expect(copiesOf(entry, notice('bad'), ['management'])[1]?.notice).not.toHaveProperty('file');
});

describe('plain text', () => {
  const text = (card: Partial<Card>) => plainText({ tone: 'info', title: 'Title', ...card }, '#1');

  it.each([
    ['info', 'ℹ️'],
    ['good', '✅'],
    ['warn', '⚠️'],
    ['bad', '🛑'],
  ] as const)('of %s begins with %s', (tone, sign) => {
    expect(text({ tone })).toBe(`${sign} *Title*\n#1`);
  });

  it('holds every part of a card', () => {
    const body = [
      ...['a ', { bold: 'b' }, { code: 'c' }, { user: '1' }, { channel: '2' }, { role: '3' }],
      ...[{ time: 0, style: 'R' as const }, { message: { guild: '4', channel: '5', id: '6' } }],
    ] as never;
    expect(text({ body, fields: [{ name: 'N', value: 'v' }] })).toBe(
      [
        'ℹ️ *Title*',
        'a *b*`c`user 1channel 2role 31970-01-01 00:00 UTChttps://discord.com/channels/4/5/6',
        '*N*: v',
        '#1',
      ].join('\n'),
    );
  });

  it('calls nobody by what people wrote, and is cut where it is too long', () => {
    expect(text({ title: '<!channel> & co' })).toContain('*&lt;!channel&gt; &amp; co*');
    const long = text({ body: 'x'.repeat(4_000) });
    expect(long).toHaveLength(3_500 + 1 + '\n#1'.length);
    expect(long.endsWith('…\n#1')).toBe(true);
  });
});
