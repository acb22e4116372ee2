import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { passwordsIn, redaction } from '../../src/setup/redaction.js';

const secret = 'MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs';

describe('redaction', () => {
  it.each([
    ['a bot token anywhere', `see ${secret}!`],
    ['an Authorization header', JSON.stringify({ headers: { Authorization: `Bot ${secret}` } })],
    ['a header as text', `Authorization: Bot ${secret}`],
    ['a bearer token', 'Bearer abcdefghijklmnopqrstuvwxyz'],
    ['a password field with a quote in it', JSON.stringify({ password: 'a"b\\c' })],
    ['an inspected field', inspect({ token: 'short', nested: { secret: 's' } })],
    ['a webhook', 'https://discord.com/api/webhooks/123/abc-DEF_1?wait=true'],
    ['an interaction', '/interactions/123/abcDEF/callback'],
    ['the password of the sentinels', 'redis+sentinel://a:1/main?sentinelPassword=hunter2'],
    ['a password in an address', 'rediss://default:hunter2@host:1 and redis+sentinel://:hunter2@host/main'],
  ])('takes out %s', (_, text) => {
    const clean = redaction([])(text);
    expect(clean).toContain('[redacted]');
    for (const leak of [secret, 'abcdefgh', 'a\\"b', 'short', "'s'", 'abc-DEF', 'abcDEF', 'hunter2']) {
      expect(clean).not.toContain(leak);
    }
  });

  it('leaves a JSON line a JSON line', () => {
    const line = JSON.stringify({ token: 'a"b', url: 'redis://u:p"w@h', list: ['x'], n: 1 });
    expect(JSON.parse(redaction(['a"b'])(line))).toMatchObject({ token: '[redacted]', list: ['x'], n: 1 });
  });

  it.each([
    'Flag new_greeting is on for 25 % of guilds',
    'http://127.0.0.1:8080/readyz',
    '{"fence":{"token":12},"v":1}',
    'Bot ready as Rollouts',
    '2026-08-06T10:11:12.123Z',
    '/channels/123/messages/456',
  ])('leaves alone: %s', (text) => {
    expect(redaction(['', 'abc', undefined])(text)).toBe(text);
  });

  it('finds the passwords of every address of a cluster, as written and as meant', () => {
    expect(passwordsIn('redis://u:one@a:1,redis://:t%40o@b:2,redis://c:3')).toEqual([
      'one',
      'one',
      't%40o',
      't@o',
    ]);
    expect(passwordsIn('redis+sentinel://:one@a:1,b:2/main?sentinelPassword=two')).toEqual([
      'one',
      'one',
      'two',
      'two',
    ]);
    expect(passwordsIn(undefined)).toEqual([]);
    expect(passwordsIn('redis://u:100%@a:1')).toEqual(['100%', '100%']);
  });
});
