import { describe, expect, it } from 'vitest';
import { flushing } from '../../../../src/lib/control/duties/measuring.js';

describe('flushing measurements', () => {
  const askedAgainIn = async (speed?: number): Promise<number> => {
    const duty = flushing(async () => undefined, { now: () => 0, ...(speed === undefined ? {} : { speed }) });
    return Math.min(duty.everyMs, (await duty.turn()) ?? duty.everyMs);
  };

  it('comes every 5 s, and with every unit where domain time runs faster, at most twice a second', async () => {
    expect(await askedAgainIn()).toBe(5_000);
    expect(await askedAgainIn(60)).toBe(5_000);
    expect(await askedAgainIn(600)).toBe(1_500);
    expect(await askedAgainIn(3_600)).toBe(500);
  });
});
