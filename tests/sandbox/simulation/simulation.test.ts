import { container } from '@sapphire/framework';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { readOrders } from '../../../src/demo/orders.js';
import { systemClock } from '../../../src/lib/core/Clock.js';
import { PacedClock } from '../../../src/lib/core/Pace.js';
import { restingKnobs, type TrafficFigures } from '../../../src/sandbox/simulation/Knobs.js';
import { startBot, type RunningBot } from '../../support/bot.js';

const clock = new PacedClock({ realAt: 0, domainAt: 0, speed: 1 }, systemClock);
let bot: RunningBot;

beforeAll(async () => {
  bot = await startBot({ clocks: { domainTime: clock }, sandbox: { guilds: 30 } });
  bot.sandbox.simulation.drive((message) => {
    const orders = readOrders(message);
    if (!orders) throw new Error('The bot does not understand its orders.');
    clock.follow(orders.pace);
    container.greeting.follow(orders.greeting);
  });
  const admin = bot.as('admin').in('operations');
  await admin.slash('/feature create', { name: 'new_greeting', description: 'Warmer words' });
  await admin.slash('/feature enable', { name: 'new_greeting', guild: 'beta_server_1' });
});

beforeEach(() => void bot.sandbox.simulation.turn(restingKnobs));

afterAll(async () => {
  await bot.close();
  expect(bot.violations).toEqual([]);
});

const figures = (): TrafficFigures => bot.sandbox.simulation.figures;
const hello = async (guild: string): Promise<string> => {
  const manager = guild === 'beta_server_1' ? 'beta1_manager' : 'beta2_manager';
  return (await bot.as(manager).in('general', guild).slash('/hello')).text;
};

test('simulated members type through the gateway, in a channel of their own that says what they are', async () => {
  bot.sandbox.simulation.turn({ traffic: 500 });
  await vi.waitFor(() => expect(figures().newGreetings).toBeGreaterThan(3), { timeout: 15_000 });
  bot.sandbox.simulation.turn({ traffic: 0 });
  expect(figures()).toMatchObject({ unanswered: 0 });
  const channel = bot.sandbox.world.channel('simulated-traffic', 'beta_server_1');
  expect(channel.topic).toContain('Nobody in this channel is a person');
  const seen = await bot.as('beta1_manager').in('simulated-traffic', 'beta_server_1').messages();
  expect(seen.some(({ text }) => /Welcome, simulated_\d+!/.test(text))).toBe(true);
  expect(await bot.as('beta1_manager').in('general', 'beta_server_1').messages()).toEqual([]);
});

test('what is wrong with the new greeting is met by those who have it and nobody else', async () => {
  bot.sandbox.simulation.turn({ alwaysFails: true });
  expect(await hello('beta_server_1')).toContain('went wrong');
  expect(await hello('beta_server_2')).toContain('old greeting');
});

test('a fault in one guild stays there', async () => {
  bot.sandbox.simulation.turn({ alwaysFails: true, guild: bot.sandbox.world.guild('beta_server_2').id });
  expect(await hello('beta_server_1')).toContain('new greeting');
});

test('in an outage everybody meets it', async () => {
  bot.sandbox.simulation.turn({ outage: true });
  expect(await hello('beta_server_1')).toContain('went wrong');
  expect(await hello('beta_server_2')).toContain('went wrong');
});

test('the bot’s domain time runs as fast as the knob says, and never jumps', () => {
  const before = bot.rollouts.domainTime.now();
  bot.sandbox.simulation.turn({ speed: 3_600 });
  const begun = bot.rollouts.domainTime.now();
  expect(begun - before).toBeLessThan(3_600_000);
  const { pace } = bot.sandbox.simulation;
  expect(pace.speed).toBe(3_600);
  bot.sandbox.simulation.turn({ speed: 1 });
  expect(bot.rollouts.domainTime.now()).toBeGreaterThanOrEqual(begun);
  expect(Math.abs(bot.rollouts.domainTime.now() - bot.sandbox.simulation.domainNow())).toBeLessThan(1_000);
});

test('a knob is not turned beyond its end', () => {
  expect(() => bot.sandbox.simulation.turn({ speed: 10_000 })).toThrow(/3600/);
  expect(() => bot.sandbox.simulation.turn({ errors: 0.5 })).toThrow();
  expect(bot.sandbox.simulation.knobs).toEqual(restingKnobs);
});

test('who listens hears of every change', () => {
  const heard: number[] = [];
  const stop = bot.sandbox.simulation.listen(({ knobs }) => heard.push(knobs.errors));
  bot.sandbox.simulation.turn({ errors: 5 });
  stop();
  bot.sandbox.simulation.turn({ errors: 2 });
  expect(heard).toEqual([5]);
});

test('guilds that come and go under the traffic break nothing', async () => {
  bot.sandbox.simulation.turn({ traffic: 500 });
  const before = figures().commands;
  const [guild] = bot.sandbox.addGuilds(1);
  if (!guild) throw new Error('No guild was added.');
  await vi.waitFor(() => expect(figures().commands).toBeGreaterThan(before + 30), { timeout: 15_000 });
  bot.sandbox.removeGuild(guild.name);
  await vi.waitFor(() => expect(figures().commands).toBeGreaterThan(before + 60), { timeout: 15_000 });
});
