import { PermissionFlagsBits } from 'discord.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Seen } from '../../../src/sandbox/index.js';
import { startBot, type RunningBot } from '../../support/bot.js';
import { asAdmin, createFlag, withNotice } from './chat.js';

let bot: RunningBot;
const admin = () => bot.as('admin').in('operations');
const manager = () => bot.as('beta1_manager').in('general', 'beta_server_1');
const other = () => bot.as('beta2_manager').in('general', 'beta_server_2');
const isOn = (flag: string, guild: string) =>
  bot.rollouts.flags.isEnabled(flag, bot.sandbox.world.guild(guild).id);

beforeAll(async () => {
  bot = await startBot();
  await createFlag(bot, 'open_beta', { beta: 'open' });
  await createFlag(bot, 'secret');
  // So that a guest sees the requests and can reach for their buttons.
  bot.sandbox.world.overwrite('operations', { user: 'guest' }, { allow: PermissionFlagsBits.ViewChannel });
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  expect(violations).toEqual([]);
});

/** A guild asks to join a beta that asks for approval; the notice that staff see. */
async function request(flag: string, from = manager()): Promise<Seen> {
  await createFlag(bot, flag, { beta: 'approval' });
  const [answer, notice] = await withNotice(bot, `asks to join the beta of ${flag}`, () =>
    from.slash('/beta join', { name: flag }),
  );
  expect(answer.text).toContain('The team decides');
  return notice;
}

describe('an open beta', () => {
  it('is listed, joined at once, and left again', async () => {
    const list = await manager().slash('/beta list');
    expect(list.ephemeral).toBe(true);
    expect(list.text).toContain('open_beta');
    expect(list.text).not.toContain('secret');
    const joined = await manager().slash('/beta join', { name: 'open_beta' });
    expect(joined.text).toContain('It is on here now');
    expect([isOn('open_beta', 'beta_server_1'), isOn('open_beta', 'beta_server_2')]).toEqual([true, false]);
    expect((await manager().slash('/beta status')).text).toContain('Your guild joined');
    await manager().slash('/beta leave', { name: 'open_beta' });
    expect(isOn('open_beta', 'beta_server_1')).toBe(false);
    expect((await manager().slash('/beta leave', { name: 'open_beta' })).text).toContain('not in the beta');
  });

  it('is joined by the button of the list, for the guild where it is pressed', async () => {
    const list = await other().slash('/beta list');
    const joined = await other().click(list, 'Join open_beta');
    expect(joined.text).toContain('It is on here now');
    expect(isOn('open_beta', 'beta_server_2')).toBe(true);
    await other().slash('/beta leave', { name: 'open_beta' });
  });

  it('is kept off, whatever its percentage, until the guild ends that', async () => {
    await manager().slash('/beta keep-off', { name: 'open_beta' });
    await asAdmin(bot, '/feature enable', { name: 'open_beta', percentage: '99.99' });
    expect(isOn('open_beta', 'beta_server_1')).toBe(false);
    await manager().slash('/beta keep-off', { name: 'open_beta', end: true });
    expect(isOn('open_beta', 'beta_server_1')).toBe(true);
    await asAdmin(bot, '/feature enable', { name: 'open_beta', percentage: '0' });
  });
});

describe('a beta that asks for approval', () => {
  it('approved: the flag is on, the notice says who decided and has no buttons left, the person is told', async () => {
    const notice = await request('wants_yes');
    expect(notice.buttons).toEqual(['Approve', 'Decline']);
    expect(isOn('wants_yes', 'beta_server_1')).toBe(false);
    const message = bot
      .as('beta1_manager')
      .in({ dmWithBot: true })
      .next(({ text }) => text.includes('wants_yes'));
    const closed = admin().next(({ id, edited }) => id === notice.id && edited);
    const answer = await admin().click(notice, 'Approve');
    expect(answer.ephemeral).toBe(true);
    expect(answer.id).not.toBe(notice.id);
    expect((await message).text).toContain('approved');
    const after = await closed;
    expect(after.buttons).toEqual([]);
    expect(after.text).toMatch(/Approved\nby @admin/);
    expect(isOn('wants_yes', 'beta_server_1')).toBe(true);
    expect((await manager().slash('/beta status')).text).toMatch(/wants_yes\n.*joined/);
  });

  it('declined with a reason: the person is told both', async () => {
    const notice = await request('wants_no');
    const form = await admin().click(notice, 'Decline');
    const message = bot
      .as('beta1_manager')
      .in({ dmWithBot: true })
      .next(({ text }) => text.includes('wants_no'));
    const closed = admin().next(({ id, edited }) => id === notice.id && edited);
    await admin().submit(form, { Reason: 'not **yet**' });
    expect((await message).text).toContain('not **yet**');
    expect((await closed).text).toMatch(/Declined\nby @admin/);
    expect(isOn('wants_no', 'beta_server_1')).toBe(false);
    expect((await manager().slash('/beta status')).text).toContain('The team declined');
  });

  it('whose direct messages are closed reads the outcome in /beta status', async () => {
    bot.sandbox.closeDirectMessages('beta2_manager');
    const notice = await request('silent_yes', other());
    await admin().click(notice, 'Approve');
    expect((await other().slash('/beta status')).text).toMatch(/silent_yes\n.*joined/);
  });

  it('is answered once: a second answer is refused with what was decided', async () => {
    const notice = await request('only_once');
    const form = await admin().click(notice, 'Decline');
    await admin().click(notice, 'Approve');
    const second = await admin().submit(form, {});
    expect(second.text).toContain('Nothing was changed');
    expect(isOn('only_once', 'beta_server_1')).toBe(true);
  });

  it('taken back by the guild can no longer be answered', async () => {
    const notice = await request('taken_back');
    await manager().slash('/beta leave', { name: 'taken_back' });
    expect((await admin().click(notice, 'Approve')).text).toContain('Nothing was changed');
    expect((await admin().click(notice, 'Decline')).modal).toBeUndefined();
    expect(isOn('taken_back', 'beta_server_1')).toBe(false);
  });

  it('is approved by admins, declined by all of the staff, and by nobody else', async () => {
    const notice = await request('whose_call');
    const guest = bot.as('guest').in('operations');
    for (const label of ['Approve', 'Decline'])
      expect((await guest.click(notice, label)).text).toContain('You may not');
    const staff = bot.as('staff').in('operations');
    expect((await staff.click(notice, 'Approve')).text).toContain('You may not');
    const form = await staff.click(notice, 'Decline');
    bot.sandbox.world.setRoles('staff', []);
    expect((await staff.submit(form, {})).text).toContain('You may not');
    bot.sandbox.world.setRoles('staff', ['Staff']);
    expect((await manager().slash('/beta status')).text).toMatch(/whose_call\n.*has not answered yet/);
    await staff.submit(await staff.click(notice, 'Decline'), {});
    expect((await manager().slash('/beta status')).text).toMatch(/whose_call\n.*The team declined/);
  });
});

describe('the channel for news', () => {
  it('hears of what is joined, and no other does', async () => {
    const before = (await manager().messages()).filter(({ ephemeral }) => !ephemeral).length;
    await manager().slash('/beta join', { name: 'open_beta' });
    await manager().slash('/beta leave', { name: 'open_beta' });
    expect((await manager().messages()).filter(({ ephemeral }) => !ephemeral)).toHaveLength(before);
    const chosen = await manager().slash('/beta channel', { channel: 'announcements' });
    expect(chosen.text).toContain('#announcements');
    const news = bot.as('beta1_manager').in('announcements', 'beta_server_1').next();
    await manager().slash('/beta join', { name: 'open_beta' });
    expect((await news).text).toContain('joined the beta of open_beta');
    expect((await manager().slash('/beta status')).text).toContain('#announcements');
    const killed = bot.as('beta1_manager').in('announcements', 'beta_server_1').next();
    await asAdmin(bot, '/feature kill', { name: 'open_beta' });
    expect((await killed).text).toContain('open_beta is off for now');
    await asAdmin(bot, '/feature unkill', { name: 'open_beta' });
    expect((await manager().slash('/beta channel')).text).toContain('Nothing is posted');
  });

  it('must be one where the bot can write', async () => {
    bot.sandbox.world.overwrite(
      'announcements',
      { user: bot.sandbox.world.bot.name },
      { deny: PermissionFlagsBits.SendMessages },
      'beta_server_2',
    );
    const refused = await other().slash('/beta channel', { channel: 'announcements' });
    expect(refused.text).toContain('it lacks Send Messages');
  });
});

it('/beta list pages, for the guild where it is pressed', async () => {
  for (let index = 0; index < 6; index++) await createFlag(bot, `many_${index}`, { beta: 'open' });
  const first = await manager().slash('/beta list');
  expect(first.text).toContain('page 1 of');
  const second = await manager().click(first, 'Next');
  expect(second.id).toBe(first.id);
  expect(second.text).toContain('page 2 of');
});

it('joining again says how it stands', async () => {
  await manager().slash('/beta join', { name: 'open_beta' });
  expect((await manager().slash('/beta join', { name: 'open_beta' })).text).toContain(
    'Your guild is in the beta',
  );
});

describe('a guild’s own affairs', () => {
  it('are for members with Manage Server: others are not offered /beta', async () => {
    const member = bot.as('member').in('general', 'beta_server_1');
    expect(member.commands().map(({ name }) => name)).not.toContain('beta');
  });

  it('do not tell of flags that are not for it', async () => {
    expect((await manager().slash('/beta join', { name: 'secret' })).text).toContain(
      'no beta called "secret"',
    );
    expect((await manager().slash('/beta join', { name: 'nothing' })).text).toContain(
      'no beta called "nothing"',
    );
    expect(await manager().complete('/beta join', { name: 'sec' }, 'name')).toEqual([]);
    expect(
      (await manager().complete('/beta join', { name: 'open' }, 'name')).map(({ value }) => value),
    ).toEqual(['open_beta']);
  });

  it('are refused to someone who no longer manages the guild when the button is pressed', async () => {
    const { world } = bot.sandbox;
    world.setRoles('member', ['Manager'], 'beta_server_2');
    const member = bot.as('member').in('general', 'beta_server_2');
    const list = await member.slash('/beta list');
    world.setRoles('member', [], 'beta_server_2');
    const [join = ''] = list.buttons;
    expect((await member.click(list, join)).text).toContain('You may not');
    expect(isOn(join.replace('Join ', ''), 'beta_server_2')).toBe(false);
  });
});
