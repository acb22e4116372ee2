import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OptionValues } from '../../../src/sandbox/people/commandInput.js';
import { startBot, type RunningBot } from '../../support/bot.js';
import { asAdmin, createFlag, withNotice } from './chat.js';

let bot: RunningBot;
const admin = () => bot.as('admin').in('operations');

beforeAll(async () => {
  bot = await startBot();
  await createFlag(bot, 'known_flag');
  await createFlag(bot, 'base');
  await createFlag(bot, 'child', { requires: 'base' });
  await asAdmin(bot, '/cohort create', { name: 'friends', guilds: 'beta_server_1' });
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  expect(violations).toEqual([]);
});

describe('bad input is refused with the reason and what to do, to the person alone, and changes nothing', () => {
  it.each<[string, string, OptionValues, ...string[]]>([
    [
      'an unknown flag, with the nearest names',
      '/feature enable',
      { name: 'knwon_flag' },
      'No flag is called "knwon_flag"',
      'known_flag?',
    ],
    ['an unknown flag, asked about', '/feature info', { name: 'nothing_like_it' }, '/feature list'],
    ['an unknown flag in why', '/feature why', { name: 'knownflag', guild: 'beta_server_1' }, 'known_flag?'],
    ['a duplicate name', '/feature create', { name: 'known_flag', description: 'x' }, 'known_flag'],
    ['a bad name', '/feature create', { name: 'Bad Name!', description: 'x' }, 'Bad Name!'],
    [
      'a percentage above 100',
      '/feature enable',
      { name: 'known_flag', percentage: '101' },
      'outside 0 to 100 %',
    ],
    [
      'a percentage below 0',
      '/feature enable',
      { name: 'known_flag', percentage: '-1' },
      'outside 0 to 100 %',
    ],
    [
      'a percentage finer than 0.01',
      '/feature enable',
      { name: 'known_flag', percentage: '0.001' },
      'finer than 0.01 %',
    ],
    [
      'true for everyone',
      '/feature enable',
      { name: 'known_flag', percentage: 'true' },
      'leave the percentage out',
    ],
    [
      'an unknown guild',
      '/feature enable',
      { name: 'known_flag', guild: 'beta_server_9' },
      'no guild called "beta_server_9"',
      'beta_server_1',
    ],
    [
      'an unknown cohort',
      '/feature enable',
      { name: 'known_flag', cohort: 'freinds' },
      'No cohort is called "freinds"',
      'friends?',
    ],
    [
      'two targets at once',
      '/feature enable',
      { name: 'known_flag', guild: 'beta_server_1', cohort: 'friends' },
      'guild and cohort were given together',
    ],
    ['a prerequisite cycle', '/feature edit', { name: 'base', requires: 'child' }, 'base', 'child'],
    ['an unknown prerequisite', '/feature edit', { name: 'base', requires: 'nobody' }, 'nobody'],
    ['a bad expiry', '/feature edit', { name: 'base', expires: 'soon' }, '"soon" is no day'],
    ['an entry that is no number', '/feature undo', { entry: 'the last one' }, 'is no number of an entry'],
    ['an entry that does not exist', '/feature undo', { entry: '#99999' }, '99999'],
    ['a clear without a target', '/feature clear', { name: 'known_flag' }, 'Neither a guild nor a cohort'],
    [
      'an unknown guild in a cohort',
      '/cohort add',
      { name: 'friends', guilds: 'beta_server_2, nowhere' },
      'nowhere',
    ],
    ['a cohort that exists', '/cohort create', { name: 'friends' }, 'friends'],
  ])('%s', async (_what, path, values, ...parts) => {
    const before = bot.rollouts.flags.list().length;
    const answer = await admin().slash(path, values);
    expect(answer.ephemeral).toBe(true);
    expect(answer.text).toContain(/ (info|why)$/.test(path) ? 'This cannot be shown' : 'Nothing was changed');
    for (const part of parts) expect(answer.text).toContain(part);
    expect(bot.rollouts.flags.list()).toHaveLength(before);
    expect(bot.rollouts.flags.flag('known_flag').basisPoints).toBe(0);
  });

  it('a reason over 500 characters, by Discord before it is sent', async () => {
    const long = admin().slash('/feature kill', { name: 'known_flag', reason: 'x'.repeat(501) });
    await expect(long).rejects.toThrow('500');
    const most = await admin().slash('/feature kill', { name: 'known_flag', reason: 'x'.repeat(500) });
    expect(most.text).toContain('known_flag');
  });
});

describe('text from people is shown inert', () => {
  const nasty = '@everyone **bold** <@&1> [x](https://evil.example) \u200Bzero\u202E';

  it('in the answer, the notice, the history and the info', async () => {
    const everyone = bot.sandbox.world.staffGuild.id;
    const [answer, notice] = await withNotice(bot, 'nasty', () =>
      admin().slash('/feature create', {
        name: 'nasty',
        description: nasty,
        owner: `<@&${everyone}>`,
        reason: nasty,
      }),
    );
    const info = await admin().slash('/feature info', { name: 'nasty' });
    const history = await admin().slash('/feature history', { name: 'nasty' });
    const list = await admin().slash('/feature list', { text: 'nasty' });
    for (const seen of [answer, notice, info, history, list]) expect(seen.pinged).toEqual([]);
    for (const seen of [notice, info, history]) {
      expect(seen.text).toContain('@everyone **bold** <@&1> [x](https://evil.example) [U+200B]zero[U+202E]');
      expect(JSON.stringify(seen.embeds)).not.toMatch(/\u200B|\u202E/);
    }
  });

  it('in a refusal', async () => {
    const answer = await admin().slash('/feature info', { name: nasty });
    expect(answer.pinged).toEqual([]);
    expect(answer.text).toContain('@everyone **bold**');
  });
});
