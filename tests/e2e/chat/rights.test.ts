import { PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OptionValues } from '../../../src/sandbox/people/commandInput.js';
import { startBot, type RunningBot } from '../../support/bot.js';
import { asAdmin, createFlag, withNotice } from './chat.js';

let bot: RunningBot;
const seenBy = (user: string) => bot.as(user).in('operations');

/** Every subcommand with options that would do something. */
const widening: readonly (readonly [string, OptionValues])[] = [
  ['/feature create', { name: 'sneaked', description: 'x' }],
  ['/feature edit', { name: 'target', description: 'x' }],
  ['/feature enable', { name: 'target' }],
  ['/feature enable', { name: 'target', percentage: '60' }],
  ['/feature enable', { name: 'target', guild: 'beta_server_1' }],
  ['/feature clear', { name: 'target', guild: 'beta_server_2' }],
  ['/feature unkill', { name: 'target' }],
  ['/feature unkill', { everything: true }],
  ['/feature archive', { name: 'target' }],
  ['/feature restore', { name: 'target' }],
  ['/cohort create', { name: 'sneaked' }],
  ['/cohort add', { name: 'friends', guilds: 'beta_server_1' }],
  ['/cohort remove', { name: 'friends', guilds: 'beta_server_2' }],
  ['/cohort delete', { name: 'friends' }],
];
const narrowing: readonly (readonly [string, OptionValues])[] = [
  ['/feature enable', { name: 'target', percentage: '10' }],
  ['/feature disable', { name: 'target', guild: 'internal_test_server' }],
  ['/feature disable', { name: 'target', cohort: 'friends' }],
  ['/feature clear', { name: 'target', guild: 'beta_server_1' }],
  ['/feature disable', { name: 'target' }],
  ['/feature kill', { name: 'target' }],
  ['/feature kill', { everything: true }],
];
const looking: readonly (readonly [string, OptionValues])[] = [
  ['/feature info', { name: 'target' }],
  ['/feature list', {}],
  ['/feature why', { name: 'target', guild: 'beta_server_1' }],
  ['/feature history', {}],
  ['/cohort list', {}],
];

beforeAll(async () => {
  bot = await startBot();
  // So that the guest sees the notices and can reach for their buttons.
  bot.sandbox.world.overwrite('operations', { user: 'guest' }, { allow: PermissionFlagsBits.ViewChannel });
  await asAdmin(bot, '/cohort create', { name: 'friends', guilds: 'beta_server_2' });
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  expect(violations).toEqual([]);
});

/** A flag at 50 %, allowed in one guild and denied in another. */
async function freshTarget(): Promise<void> {
  if (bot.rollouts.flags.switchedOff()) await asAdmin(bot, '/feature unkill', { everything: true });
  if (!bot.rollouts.flags.list().some(({ key }) => key === 'target')) await createFlag(bot, 'target');
  await asAdmin(bot, '/feature unkill', { name: 'target' });
  await asAdmin(bot, '/feature clear', { name: 'target', guild: 'internal_test_server' });
  await asAdmin(bot, '/feature clear', { name: 'target', cohort: 'friends' });
  await asAdmin(bot, '/feature enable', { name: 'target', percentage: '50' });
  await asAdmin(bot, '/feature enable', { name: 'target', guild: 'beta_server_1' });
  await asAdmin(bot, '/feature disable', { name: 'target', guild: 'beta_server_2' });
}

/** All that a change could change. */
function state(): string {
  const { flags } = bot.rollouts;
  const guilds = bot.sandbox.world.guilds.map(({ id }) => flags.guild(id) ?? null);
  return JSON.stringify([flags.list(), flags.cohorts(), guilds, flags.switchedOff() ?? null]);
}

describe('a person without rights', () => {
  beforeAll(freshTarget);

  it.each([...widening, ...narrowing, ...looking, ['/feature undo', { entry: '#1' }] as const])(
    'is refused %s, alone, and it changes nothing',
    async (path, values) => {
      const before = state();
      const answer = await seenBy('guest').slash(path, values);
      expect(answer.ephemeral).toBe(true);
      expect(answer.text).toContain('You may not');
      expect(answer.text).not.toContain('target');
      expect(state()).toBe(before);
    },
  );

  it('is suggested nothing', async () => {
    expect(await seenBy('guest').complete('/feature enable', { name: 'ta' }, 'name')).toEqual([]);
    expect(await seenBy('guest').complete('/cohort add', { name: 'friends', guilds: 'b' }, 'guilds')).toEqual(
      [],
    );
    expect(await seenBy('staff').complete('/feature enable', { name: 'ta' }, 'name')).toHaveLength(1);
  });

  it('is refused at the Undo of a notice, which stays as it is', async () => {
    const [, notice] = await withNotice(bot, 'Create for_undo', () => createFlag(bot, 'for_undo'));
    const before = state();
    const answer = await seenBy('guest').click(notice, 'Undo');
    expect(answer.id).not.toBe(notice.id);
    expect(answer.ephemeral).toBe(true);
    expect(answer.text).toContain('You may not');
    expect(state()).toBe(before);
  });
});

describe.each(['staff', 'oncall'])('%s', (user) => {
  it.each(widening)('is refused %s %o', async (path, values) => {
    await freshTarget();
    const before = state();
    const answer = await seenBy(user).slash(path, values);
    expect(answer.text).toContain('Only rollout admins');
    expect(state()).toBe(before);
  });

  it.each(narrowing)('may %s %o', async (path, values) => {
    await freshTarget();
    const before = state();
    const answer = await seenBy(user).slash(path, values);
    expect(answer.text).toMatch(/^✅/);
    expect(answer.buttons).toEqual([]);
    expect(state()).not.toBe(before);
  });

  it.each(looking)('may look: %s', async (path, values) => {
    expect((await seenBy(user).slash(path, values)).text).not.toContain('You may not');
  });

  it('may undo what widened, and not what narrowed', async () => {
    await freshTarget();
    const [, widened] = await withNotice(bot, `wide for ${user}`, () =>
      asAdmin(bot, '/feature enable', { name: 'target', percentage: '70', reason: `wide for ${user}` }),
    );
    expect((await seenBy(user).click(widened, 'Undo')).text).toMatch(/^✅/);
    const [, narrowed] = await withNotice(bot, `narrow for ${user}`, () =>
      asAdmin(bot, '/feature kill', { name: 'target', reason: `narrow for ${user}` }),
    );
    expect((await seenBy(user).click(narrowed, 'Undo')).text).toContain('You may not');
  });
});

describe('rights belong to the staff guild', () => {
  it('where alone the commands for staff are offered', () => {
    const elsewhere = bot
      .as('admin')
      .in('general', 'beta_server_1')
      .commands()
      .map(({ name }) => name);
    expect(elsewhere).not.toContain('feature');
    expect(elsewhere).not.toContain('cohort');
    const offered = bot
      .as('admin')
      .in('operations')
      .commands()
      .map(({ name }) => name);
    expect(offered).toEqual(expect.arrayContaining(['feature', 'cohort', 'beta']));
  });

  it('and are asked for at the click, not remembered from the command', async () => {
    await freshTarget();
    const admin = seenBy('admin');
    const asked = await admin.slash('/feature enable', { name: 'target' });
    expect(asked.buttons).toContain('Confirm');
    bot.sandbox.world.setRoles('admin', ['Staff']);
    const answer = await admin.click(asked, 'Confirm');
    expect(answer.text).toContain('You may not');
    expect(bot.rollouts.flags.flag('target').basisPoints).toBe(5000);
    bot.sandbox.world.setRoles('admin', ['Admin', 'Staff']);
  });
});
