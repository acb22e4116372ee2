import { describe, expect, it } from 'vitest';
import { formatTime } from '../../../../src/sandbox/page/markdown/formatTime.js';
import { plainText } from '../../../../src/sandbox/page/markdown/plainText.js';

const names = {
  user: (id: string) => (id === '1' ? 'admin' : undefined),
  role: (id: string) => (id === '2' ? 'On-call' : undefined),
  channel: (id: string) => (id === '3' ? 'operations' : undefined),
};
const now = Date.UTC(2026, 0, 1);

describe('plain text', () => {
  it.each([
    ['**Flag** `x\\_y`', 'Flag x\\_y'],
    ['Flag x\\_y', 'Flag x_y'],
    ['<@1> told <@&2> in <#3>', '@admin told @On-call in #operations'],
    ['<@9> <@&9> <#9>', '@unknown-user @unknown-role #unknown'],
    [`<t:${now / 1000 - 120}:R>`, '2 minutes ago'],
    ['- a\n- **b**', 'a\nb'],
    ['</feature list:1> <:ok:1> @here', '/feature list :ok: @here'],
  ])('%j', (source, text) => {
    expect(plainText(source, names, now)).toBe(text);
  });
});

describe('times', () => {
  it.each([
    [0, 'now'],
    [-1_000, '1 second ago'],
    [90_000, 'in 2 minutes'],
    [119_000, 'in 2 minutes'],
    [-7_200_000, '2 hours ago'],
    [86_400_000, 'tomorrow'],
    [-40 * 86_400_000, 'last month'],
    [800 * 86_400_000, 'in 2 years'],
  ])('%d ms away is %j', (offset, words) => {
    expect(formatTime(now + offset, 'R', now, 'en-GB')).toBe(words);
  });

  it('shows a time that no calendar has as its number', () => {
    expect(formatTime(9e15, 'f', now, 'en-GB')).toBe('9000000000000');
  });
});
