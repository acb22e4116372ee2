import { describe, expect, it } from 'vitest';
import { warningsOf } from '../../../../src/lib/state/redis/health.js';

const info = (version: string, policy: string, aof: string): string =>
  `# Server\r\nredis_version:${version}\r\nmaxmemory_policy:${policy}\r\naof_enabled:${aof}\r\n`;

describe('warnings about a Redis', () => {
  it.each([
    ['one that is set up well', info('7.0.15', 'noeviction', '1'), '', []],
    ['snapshots instead of an append-only file', info('6.2.0', 'noeviction', '0'), '3600 1', []],
    ['one that does not tell its settings', info('7.2.1', 'noeviction', '0'), undefined, []],
    ['an old version', info('6.0.16', 'noeviction', '1'), '', [/6\.0\.16.*6\.2/]],
    ['eviction', info('7.0.0', 'allkeys-lru', '1'), '', [/allkeys-lru.*noeviction/]],
    ['no persistence', info('7.0.0', 'noeviction', '0'), '', [/nothing on disk/]],
  ] as const)('%s', (_what, text, save, expected) => {
    const warnings = warningsOf(text, save);
    expect(warnings).toHaveLength(expected.length);
    expected.forEach((pattern, index) => {
      expect(warnings[index]).toMatch(pattern);
    });
  });
});
