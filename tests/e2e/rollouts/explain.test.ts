/** What a rollout shows once members have used the feature: guards with their numbers, a chart, and where old and new differ. */
import { container } from '@sapphire/framework';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { readOrders } from '../../../src/demo/orders.js';
import { systemClock } from '../../../src/lib/core/Clock.js';
import { PacedClock } from '../../../src/lib/core/Pace.js';
import type { Seen } from '../../../src/sandbox/index.js';
import { restingKnobs } from '../../../src/sandbox/simulation/Knobs.js';
import { startBot, type RunningBot } from '../../support/bot.js';
import { createFlag } from '../chat/chat.js';
import { plansFolder } from './plansFolder.js';
import { cardThat, startRollout } from './rolloutChat.js';

const domainTime = new PacedClock({ realAt: 0, domainAt: 0, speed: 1 }, systemClock);
const plans = plansFolder({
  half: `
phases:
  - { name: half, percentage: 50, duration: 14d }
  - { name: everyone, percentage: 100, duration: 14d }`,
});
let bot: RunningBot;
const staff = () => bot.as('staff').in('operations');

/** Members use the bot, an hour a second, until so many units were judged. */
async function used(units: number): Promise<void> {
  bot.sandbox.simulation.turn({ speed: 3_600, traffic: 300 });
  await vi.waitFor(
    async () => {
      await bot.rollouts.health.flush();
      bot.rollouts.control.wake('judge');
      const { points } = await bot.rollouts.rollouts.chart('new_greeting');
      expect(points.length).toBeGreaterThanOrEqual(units);
    },
    { timeout: 40_000, interval: 250 },
  );
  bot.sandbox.simulation.turn(restingKnobs);
}

beforeAll(async () => {
  bot = await startBot({
    clocks: { domainTime },
    sandbox: { guilds: 40 },
    env: { ROLLOUT_PLANS: plans.path },
  });
  bot.sandbox.simulation.drive((message) => {
    const orders = readOrders(message);
    if (orders === undefined) throw new Error('The bot does not understand its orders.');
    domainTime.follow(orders.pace);
    container.greeting.follow(orders.greeting);
  });
  await createFlag(bot, 'new_greeting');
  await startRollout(bot, 'new_greeting', { plan: 'half' });
  await used(3);
}, 90_000);
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  plans.remove();
  expect(violations).toEqual([]);
});

/** The picture's first bytes and what is read aloud in its place. */
async function pictureOf({
  attachments,
  components,
}: Seen): Promise<{ head: string; alt: string; type: string }> {
  const [file] = attachments;
  if (file === undefined) throw new Error('There is no picture.');
  const bytes = Buffer.from(await (await fetch(file.url)).arrayBuffer());
  const alt = /"description":"((?:[^"\\]|\\.)*)"/.exec(JSON.stringify(components))?.[1] ?? '';
  return { head: bytes.subarray(1, 4).toString('latin1'), alt, type: file.content_type ?? '' };
}

it('the card carries the chart as a PNG, and the verdict in words for whoever cannot see it', async () => {
  const card = await cardThat(bot, 'new_greeting', ({ attachments }) => attachments.length === 1);
  const { head, alt, type } = await pictureOf(card);
  expect(head).toBe('PNG');
  expect(type).toBe('image/png');
  const { verdict } = await bot.rollouts.rollouts.status('new_greeting');
  expect(alt).toContain('Errors with new_greeting compared with errors without it');
  expect(alt).toContain(verdict?.sentences[0]?.slice(0, 12));
});

it('/rollout status shows the same, to whoever asks', async () => {
  const status = await staff().slash('/rollout status', { rollout: 'new_greeting' });
  expect(status.ephemeral).toBe(true);
  expect((await pictureOf(status)).head).toBe('PNG');
  expect(status.text).toMatch(/Errors {2}\S+.* · rolls back when surely above/);
});

it('/rollout explain has every number behind each guard, and the guilds that weigh most', async () => {
  const { text } = await staff().slash('/rollout explain', { rollout: 'new_greeting' });
  expect(text).toMatch(
    /Over \d+ quarter hours?, with it: [\d.,]+ times? a guild had errors, where [\d.,]+ would be usual\. Without it: [\d.,]+, where [\d.,]+ would be usual\./,
  );
  expect(text).toMatch(
    /It rolls back when surely above 1\.2×\. Evidence for that: [\d.,]+.*; 167 is enough\./,
  );
  expect(text.match(/quarter hours?, with it:/g)).toHaveLength(text.includes('Slowness\nNothing') ? 1 : 2);
  expect(text).toContain('Most failures, then most commands, in the last day');
  expect(text).toContain('How this is counted');
  expect(text).toMatch(/failures? in \d+ commands?/);
});

it('/rollout explain tells where the old and the new implementation answered differently', async () => {
  const { rollouts } = bot;
  const { id } = bot.sandbox.world.guild('beta_server_1');
  const answer = await rollouts.choose('new_greeting', id, {
    candidate: () => ({ greeting: 'Welcome', stars: 5 }),
    control: () => ({ greeting: 'Hello', stars: 4 }),
    compare: { share: 1, showTexts: true },
  });
  expect(['Welcome', 'Hello']).toContain(answer.greeting);
  const explained = async () => {
    await rollouts.choices.comparisons.flush();
    return (await staff().slash('/rollout explain', { rollout: 'new_greeting' })).text;
  };
  await expect.poll(explained, { timeout: 10_000 }).toContain('differed in 1 of 1 comparisons');
  expect(await explained()).toMatch(/greeting: .*(Welcome|Hello)/);
});
