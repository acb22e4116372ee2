import { describe, expect, it } from 'vitest';
import { BadRedisUrl } from '../../../../src/lib/state/errors.js';
import { parseRedisUrl } from '../../../../src/lib/state/redis/address.js';

describe('REDIS_URL', () => {
  const plain = { username: undefined, password: undefined, tls: false };

  it('names one server', () => {
    expect(parseRedisUrl('redis://localhost')).toEqual({
      ...plain,
      kind: 'single',
      node: { host: 'localhost', port: 6379 },
      database: 0,
    });
    expect(parseRedisUrl('rediss://me:p%40ss@[::1]:7000/3')).toEqual({
      kind: 'single',
      node: { host: '::1', port: 7000 },
      database: 3,
      username: 'me',
      password: 'p@ss',
      tls: true,
    });
  });

  it('names a Sentinel group', () => {
    expect(parseRedisUrl('redis+sentinel://:secret@a:1,b/mymaster/2')).toEqual({
      kind: 'sentinel',
      nodes: [
        { host: 'a', port: 1 },
        { host: 'b', port: 26379 },
      ],
      master: 'mymaster',
      database: 2,
      username: undefined,
      password: 'secret',
      sentinelPassword: 'secret',
      tls: false,
    });
    expect(parseRedisUrl('redis+sentinel://:x@a/m?sentinelPassword=y')).toMatchObject({
      sentinelPassword: 'y',
    });
  });

  it.each(['redis://a:1,redis://b:2', 'redis://a:1,b:2'])('names a cluster: %s', (url) => {
    expect(parseRedisUrl(url)).toEqual({
      ...plain,
      kind: 'cluster',
      nodes: [
        { host: 'a', port: 1 },
        { host: 'b', port: 2 },
      ],
    });
  });

  it.each([
    'http://secret@host',
    'redis://',
    'redis://:secret@host:99999',
    'redis://:secret@host/x',
    'redis+sentinel://:secret@host',
    'redis://:%zz-secret@host',
    'secret',
  ])('is refused without showing what is secret in it: %s', (url) => {
    const refuse = (): unknown => parseRedisUrl(url);
    expect(refuse).toThrow(BadRedisUrl);
    expect(refuse).not.toThrow(/secret/);
  });
});
