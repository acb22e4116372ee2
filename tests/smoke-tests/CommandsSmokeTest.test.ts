import { container } from '@sapphire/framework';
import { Routes, type APIApplicationCommand } from 'discord.js';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { systemTimers } from '../../src/lib/control/Timers.js';
import { systemClock } from '../../src/lib/core/Clock.js';
import { SmokeRunner } from '../../src/lib/smoke/SmokeRunner.js';
import type { SmokeResult } from '../../src/lib/smoke/SmokeTest.js';
import { startBot, type RunningBot } from '../support/bot.js';

let bot: RunningBot;
let runner: SmokeRunner;
const warnings: string[] = [];

beforeAll(async () => {
  bot = await startBot();
  runner = new SmokeRunner({
    tests: () => container.stores.get('smoke-tests').values(),
    clock: systemClock,
    after: (ms, callback) => systemTimers.after(ms, callback),
    warn: (message) => void warnings.push(message),
  });
});

afterAll(async () => {
  await bot.close();
  expect(bot.violations).toEqual([]);
});

beforeEach(() => {
  warnings.length = 0;
});

function bad({ findings }: SmokeResult): readonly string[] {
  return findings.filter(({ ok }) => !ok).map(({ what, detail }) => `${what}: ${detail}`);
}

async function staffCommand(name: string): Promise<APIApplicationCommand> {
  const all = await bot.client.rest.get(route());
  const found = (all as APIApplicationCommand[]).find((command) => command.name === name);
  if (found === undefined) throw new Error(`There is no ${name}.`);
  return found;
}

function route(): `/${string}` {
  const id = bot.client.application?.id ?? '';
  return Routes.applicationGuildCommands(id, bot.sandbox.world.staffGuild.id);
}

describe('the smoke test "commands"', () => {
  test('passes where every command is registered and ours answer, those of the host included', async () => {
    const result = await runner.run('commands');
    expect(bad(result)).toEqual([]);
    expect(result.verdict).toBe('passed');
    const looked = result.findings.map(({ what }) => what);
    const staff = bot.sandbox.world.staffGuild.id;
    expect(looked).toContain('/hello is registered as defined');
    expect(looked).toContain(`/feature in guild ${staff} is registered as defined`);
    expect(looked).toContain('/feature list answers');
    expect(looked).toContain('/rollout list answers');
  });

  test('leaves nothing behind: nobody is told, nobody is remembered, nothing is measured', async () => {
    const before = bot.client.users.cache.size;
    const guild = bot.client.guilds.cache.get(bot.sandbox.world.staffGuild.id);
    const members = guild?.members.cache.size;
    const messages = (await bot.as('admin').in('operations').messages()).length;
    await runner.run('commands');
    expect(bot.client.users.cache.size).toBe(before);
    expect(guild?.members.cache.size).toBe(members);
    expect(await bot.as('admin').in('operations').messages()).toHaveLength(messages);
  });

  test('names the command that was deleted behind the back of the bot', async () => {
    const { id, ...command } = await staffCommand('cohort');
    await bot.client.rest.delete(`${route()}/${id}`);
    const result = await runner.run('commands');
    expect(result.verdict).toBe('failed');
    expect(bad(result)).toHaveLength(1);
    expect(result.sentence).toContain('/cohort in guild');
    expect(result.sentence).toContain('Discord does not know it');
    const { name, description, options } = command;
    await bot.client.rest.post(route(), { body: { name, description, options } });
    expect((await runner.run('commands')).verdict).toBe('passed');
  });

  test('names the option that somebody changed', async () => {
    const { id, options = [] } = await staffCommand('freeze');
    const changed = options.map((option, at) => (at === 0 ? { ...option, name: 'renamed' } : option));
    await bot.client.rest.patch(`${route()}/${id}`, { body: { options: changed } });
    const [why] = bad(await runner.run('commands'));
    expect(why).toContain('/freeze');
    expect(why).toContain('"renamed" is not defined any more');
    await bot.client.rest.patch(`${route()}/${id}`, { body: { options } });
  });

  test('says so where a command throws, and where it is not answered as it should be', async () => {
    const { flags } = bot.rollouts;
    const list = flags.list.bind(flags);
    Object.assign(flags, {
      list: () => {
        throw new TypeError('broken on purpose');
      },
    });
    try {
      expect(bad(await runner.run('commands'))).toContain(
        '/feature list answers: It failed: broken on purpose',
      );
    } finally {
      Object.assign(flags, { list });
    }
  });

  test('says so where Discord does not answer', async () => {
    bot.sandbox.rest.fail({ method: 'GET', route: /commands$/, status: 403, times: 5 });
    const result = await runner.run('commands');
    bot.sandbox.rest.heal();
    expect(result.verdict).toBe('failed');
    expect(result.sentence).toContain('It threw');
  });
});
