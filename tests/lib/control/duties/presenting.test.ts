import { expect, it } from 'vitest';
import { handingOver, presenting } from '../../../../src/lib/control/duties/presenting.js';

it('the lease is left to others only where the release that answers can have it, and after this process has said that it lives', async () => {
  const done: string[] = [];
  let should = false;
  const duty = presenting({
    releases: {
      turn: async () => void done.push('said'),
      shouldStandBack: async () => should,
    },
    standBack: () => done.push('left'),
  });
  await duty.turn();
  should = true;
  await duty.turn();
  expect(done).toEqual(['said', 'said', 'left']);
});

it('a leader that leads no more forgets what it counted', async () => {
  let isForgotten = false;
  const duty = handingOver({ lead: async () => 50, leadNoMore: () => void (isForgotten = true) });
  expect(await duty.turn({ lease: 'control', token: 1 })).toBe(50);
  await duty.rest?.();
  expect(isForgotten).toBe(true);
});
