import { Events } from 'discord.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startBot, type RunningBot } from '../../support/bot.js';
import { asAdmin, createFlag } from '../chat/chat.js';
import { loadHostPieces, ran } from './hostPieces.js';

let bot: RunningBot;
const inside = () => bot.as('beta1_manager').in('general', 'beta_server_1');
const outside = () => bot.as('beta2_manager').in('general', 'beta_server_2');

beforeAll(async () => {
  loadHostPieces();
  bot = await startBot();
  await createFlag(bot, 'layer');
  await asAdmin(bot, '/feature enable', { name: 'layer', guild: 'beta_server_1' });
});
beforeEach(() => {
  ran.length = 0;
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  expect(violations).toEqual([]);
});

const notHere = 'This is not available here yet.';

describe('@RequiresFeature', () => {
  it('on a command: runs where the flag is on, and is refused kindly elsewhere', async () => {
    expect((await inside().slash('/gated')).text).toBe('The gated answer.');
    const refusal = await outside().slash('/gated');
    expect([refusal.text, refusal.ephemeral]).toEqual([notHere, true]);
    expect(ran).toEqual(['gated']);
  });

  it('on a subcommand’s method: in the host’s own words', async () => {
    expect((await inside().slash('/mixed new')).text).toBe('The new answer.');
    const refusal = await outside().slash('/mixed new');
    expect([refusal.text, refusal.ephemeral]).toEqual(['Ask again in June.', true]);
    expect(ran).toEqual(['fresh']);
  });

  it('on an interaction handler: the button answers by the flag of the guild it is pressed in', async () => {
    const [here, there] = [inside(), outside()];
    expect((await here.click(await here.slash('/button'), 'Press')).text).toBe('Pressed.');
    const refusal = await there.click(await there.slash('/button'), 'Press');
    expect([refusal.text, refusal.ephemeral]).toEqual([notHere, true]);
    expect(ran).toEqual(['button']);
  });

  it('on a listener: runs for guilds with the flag, and is silent for the others', () => {
    const guild = (name: string) => bot.client.guilds.cache.get(bot.sandbox.world.guild(name).id)!;
    for (const name of ['beta_server_1', 'beta_server_2'])
      bot.client.emit(Events.GuildUpdate, guild(name), guild(name));
    expect(ran).toEqual([`guild ${guild('beta_server_1').id}`]);
  });

  it('a host’s listener for denied commands, which answers all that is not silent, does not answer again', async () => {
    const answered: unknown[] = [];
    const hostAnswers = (error: { readonly context: unknown }): void => {
      if (!Reflect.get(Object(error.context) as object, 'silent')) answered.push(error);
    };
    bot.client.on('chatInputCommandDenied', hostAnswers);
    try {
      expect((await outside().slash('/gated')).text).toBe(notHere);
    } finally {
      bot.client.off('chatInputCommandDenied', hostAnswers);
    }
    expect(answered).toEqual([]);
  });
});

describe('@Deprecated', () => {
  it('on a command: after its answer the person alone is told once what takes its place', async () => {
    const person = inside();
    const note = person.next(({ text }) => text.includes('goes away'));
    expect((await person.slash('/old')).text).toBe('Still here.');
    const { text, ephemeral } = await note;
    expect([text, ephemeral]).toEqual(['/old goes away in version 99.0.0. Please use /gated instead.', true]);
    let again = 0;
    void person
      .next(({ text: further }) => further.includes('goes away'))
      .then(
        () => again++,
        () => undefined,
      );
    expect((await person.slash('/old')).text).toBe('Still here.');
    expect((await person.slash('/mixed new')).text).toBe('The new answer.');
    expect(again).toBe(0);
  });

  it('on a subcommand’s method: the same, under the subcommand’s name', async () => {
    const person = outside();
    const note = person.next(({ text }) => text.includes('goes away'));
    expect((await person.slash('/mixed old')).text).toBe('The old answer.');
    expect((await note).text).toBe('/mixed old goes away in version 99.0.0. Please use /mixed new instead.');
  });

  it('use is counted, and shown by the flag that takes its place', async () => {
    await bot.rollouts.deprecations.flush();
    const uses = await bot.rollouts.deprecations.list('layer');
    expect(uses.map(({ what, uses: count }) => [what, count])).toEqual([
      ['/old', 2],
      ['MixedCommand.stale', 1],
    ]);
    const info = await bot.as('admin').in('operations').slash('/feature info', { name: 'layer' });
    expect(info.text).toContain('Takes the place of');
    expect(info.text).toMatch(/\/old.*: used 2 times in 30 days, goes away in 99\.0\.0/);
  });
});
