import { describe, expect, it } from 'vitest';
import { clockFinding } from '../../../src/cli/doctor/clock.js';

describe('the clock', () => {
  it.each([
    [0, 'ok', 'agree'],
    [-1_999, 'ok', 'agree'],
    [2_500, 'warning', '2.5 s ahead'],
    [-29_000, 'warning', '29.0 s behind'],
    [31_000, 'problem', '31.0 s ahead'],
  ])('%i ms off is a finding: %s', (skew, level, said) => {
    expect(clockFinding('Discord', skew)).toMatchObject({
      level,
      found: expect.stringContaining(said) as string,
    });
  });
});
