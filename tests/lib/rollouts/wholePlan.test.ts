import { expect, it } from 'vitest';
import { unitMs } from '../../../src/lib/health/judging/units.js';
import { World } from './World.js';

it(
  'the whole plan of two weeks runs to completion where nothing is wrong, each phase for its time',
  { timeout: 120_000 },
  async () => {
    const world = await World.open();
    await world.start();
    const began = world.now;
    const ended = await world.until(({ ended }) => ended !== null);
    const told = ended.news.map(({ text }) => text);
    expect(ended.ended?.how, told.join('\n')).toBe('completed');
    expect(world.on()).toHaveLength(120);
    expect(world.flags.flag('greeting')).toMatchObject({ basisPoints: 10_000, rollout: null, killed: null });
    expect(told).toEqual([
      'Ada asked for this rollout, with the plan default.',
      'Started with internal_testing: 0 % of guilds and 2 chosen, for 1 d at least.',
      'On to beta_guilds: 5 % of guilds and 2 chosen.',
      'On to gradual_rollout 10 %: 10 % of guilds and 2 chosen.',
      'On to gradual_rollout 25 %: 25 % of guilds and 2 chosen.',
      'On to gradual_rollout 50 %: 50 % of guilds and 2 chosen.',
      'On to gradual_rollout 75 %: 75 % of guilds and 2 chosen.',
      'On to gradual_rollout 100 %: 95 % of guilds and 2 chosen.',
      'Complete: on for everyone.',
    ]);
    const days = (world.now - began) / 86_400_000;
    expect(days).toBeGreaterThanOrEqual(14);
    expect(days).toBeLessThan(14 + (20 * unitMs) / 86_400_000);
  },
);
