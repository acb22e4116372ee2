import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBot, type RunningBot } from '../../support/bot.js';
import { asAdmin, createFlag, withNotice } from './chat.js';

let bot: RunningBot;
const admin = () => bot.as('admin').in('operations');
const isOn = (flag: string, guild: string) =>
  bot.rollouts.flags.isEnabled(flag, bot.sandbox.world.guild(guild).id);

beforeAll(async () => {
  bot = await startBot();
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  expect(violations).toEqual([]);
});

describe('a flag takes effect', () => {
  it('in another guild, as soon as someone types /feature enable', async () => {
    await createFlag(bot, 'new_greeting');
    const member = bot.as('beta1_manager').in('general', 'beta_server_1');
    expect((await member.slash('/hello')).text).toContain('old greeting');
    await asAdmin(bot, '/feature enable', { name: 'new_greeting', guild: 'beta_server_1' });
    expect((await member.slash('/hello')).text).toContain('new greeting');
    const elsewhere = bot.as('beta2_manager').in('general', 'beta_server_2');
    expect((await elsewhere.slash('/hello')).text).toContain('old greeting');
  });
});

describe('every change', () => {
  it('is answered to the person alone and told to #operations once: before → after, who, why, Undo', async () => {
    const [answer, notice] = await withNotice(bot, 'Create told', () =>
      admin().slash('/feature create', { name: 'told', description: 'Told', reason: 'a try' }),
    );
    expect(answer.ephemeral).toBe(true);
    expect(notice.text).toContain('Create told');
    expect(notice.text).toContain('flag: none → enabled at 0 %');
    expect(notice.text).toContain('@admin');
    expect(notice.text).toContain('a try');
    expect(notice.buttons).toEqual(['Undo']);
    expect(notice.pinged).toEqual([]);
    const told = (await admin().messages()).filter(
      ({ text, ephemeral }) => !ephemeral && text.includes('Create told'),
    );
    expect(told).toHaveLength(1);
  });

  it('is taken back by the Undo of its notice, and a stale Undo refuses', async () => {
    await createFlag(bot, 'undoable');
    const [, notice] = await withNotice(bot, 'Enable undoable', () =>
      admin().slash('/feature enable', { name: 'undoable', percentage: '5' }),
    );
    await withNotice(bot, 'Undo: Enable undoable', () => admin().click(notice, 'Undo'));
    expect((await admin().slash('/feature info', { name: 'undoable' })).text).toContain('0 %');
    const again = await admin().click(notice, 'Undo');
    expect(again.ephemeral).toBe(true);
    expect(again.text).toContain('Nothing was changed');
  });

  it('that changes nothing says so', async () => {
    await createFlag(bot, 'same');
    await asAdmin(bot, '/feature disable', { name: 'same' });
    expect((await admin().slash('/feature disable', { name: 'same' })).text).toContain('Nothing to change');
  });
});

describe('enable, disable, clear', () => {
  it('by percentage, guild and cohort', async () => {
    await createFlag(bot, 'wide');
    await asAdmin(bot, '/feature enable', { name: 'wide' });
    expect(isOn('wide', 'beta_server_2')).toBe(true);
    await asAdmin(bot, '/feature disable', { name: 'wide', guild: 'beta_server_2' });
    expect(isOn('wide', 'beta_server_2')).toBe(false);
    await asAdmin(bot, '/feature clear', { name: 'wide', guild: 'beta_server_2' });
    expect(isOn('wide', 'beta_server_2')).toBe(true);
    await asAdmin(bot, '/cohort create', { name: 'pair', guilds: 'beta_server_1, beta_server_2' });
    await asAdmin(bot, '/feature disable', { name: 'wide', cohort: 'pair' });
    expect([isOn('wide', 'beta_server_1'), isOn('wide', 'internal_test_server')]).toEqual([false, true]);
    await asAdmin(bot, '/feature clear', { name: 'wide', cohort: 'pair' });
    await asAdmin(bot, '/feature enable', { name: 'wide', percentage: '0' });
    await asAdmin(bot, '/feature enable', { name: 'wide', cohort: 'pair' });
    expect([isOn('wide', 'beta_server_1'), isOn('wide', 'internal_test_server')]).toEqual([true, false]);
  });
});

describe('kill and unkill', () => {
  it('one flag', async () => {
    await createFlag(bot, 'mortal');
    await asAdmin(bot, '/feature enable', { name: 'mortal' });
    const [, notice] = await withNotice(bot, 'errors', () =>
      admin().slash('/feature kill', { name: 'mortal', reason: 'errors' }),
    );
    expect(notice.text).toContain('errors');
    expect(isOn('mortal', 'beta_server_1')).toBe(false);
    const asked = await admin().slash('/feature unkill', { name: 'mortal' });
    expect(asked.buttons).toEqual(['Confirm', 'Cancel']);
    await admin().click(asked, 'Confirm');
    expect(isOn('mortal', 'beta_server_1')).toBe(true);
  });

  it('everything, by a word of its own', async () => {
    await createFlag(bot, 'all_of_them');
    await asAdmin(bot, '/feature enable', { name: 'all_of_them' });
    expect((await admin().slash('/feature kill')).text).toContain('Neither a flag nor everything was given');
    expect((await admin().slash('/feature kill', { name: 'all_of_them', everything: true })).text).toContain(
      'Both',
    );
    await asAdmin(bot, '/feature kill', { everything: true });
    expect(isOn('all_of_them', 'beta_server_1')).toBe(false);
    expect((await admin().slash('/feature list')).text).toContain('Everything is off');
    await asAdmin(bot, '/feature unkill', { everything: true });
    expect(isOn('all_of_them', 'beta_server_1')).toBe(true);
  });
});

describe('edit, archive, restore', () => {
  it('edit changes what is given and leaves the rest', async () => {
    await createFlag(bot, 'edited', { owner: 'team a', kind: 'ops', expires: '30d' });
    await asAdmin(bot, '/feature edit', { name: 'edited', owner: 'none', beta: 'open', expires: 'never' });
    const { text } = await admin().slash('/feature info', { name: 'edited' });
    expect(text).toMatch(/Owner\nnobody/);
    expect(text).toMatch(/Kind\nops/);
    expect(text).toMatch(/Beta\nopen/);
    expect(text).toMatch(/Expires\nnever/);
    expect((await admin().slash('/feature edit', { name: 'edited' })).text).toContain('Nothing to edit');
  });

  it('archive takes a flag out of the lists, restore brings it back disabled', async () => {
    await createFlag(bot, 'put_away');
    await asAdmin(bot, '/feature archive', { name: 'put_away' });
    expect((await admin().slash('/feature list', { text: 'put_away' })).text).toContain('No flag matches');
    expect((await admin().slash('/feature list', { state: 'archived' })).text).toContain('put_away');
    await asAdmin(bot, '/feature restore', { name: 'put_away' });
    expect((await admin().slash('/feature info', { name: 'put_away' })).text).toContain('disabled');
  });
});

describe('looking', () => {
  it('why shows each rule with its answer', async () => {
    await createFlag(bot, 'asked_why');
    await asAdmin(bot, '/feature disable', { name: 'asked_why', guild: 'beta_server_1' });
    const { text } = await admin().slash('/feature why', { name: 'asked_why', guild: 'beta_server_1' });
    expect(text).toContain('asked_why is off in beta_server_1');
    expect(text).toContain('denied by staff — decides off: staff denied');
    expect(text.match(/\d+\) /g)).toHaveLength(11);
  });

  it('history shows who, when, before → after, and undo takes an entry by its number', async () => {
    await createFlag(bot, 'told_twice');
    const done = await admin().slash('/feature enable', {
      name: 'told_twice',
      percentage: '1',
      reason: 'a start',
    });
    const entry = /#\d+/.exec(done.text)?.[0] ?? '';
    const { text } = await admin().slash('/feature history', { name: 'told_twice' });
    expect(text).toContain(entry);
    expect(text).toContain('by @admin: a start');
    expect(text).toContain('0 % → 1 %');
    await asAdmin(bot, '/feature undo', { entry });
    expect((await admin().slash('/feature history', { name: 'told_twice' })).text).toContain('undone by #');
  });

  it('history of everything pages to what is older and back', async () => {
    const first = await admin().slash('/feature history');
    const older = await admin().click(first, 'Older');
    expect(older.id).toBe(first.id);
    expect(older.text).not.toBe(first.text);
    expect((await admin().click(older, 'Newest')).text).toBe(first.text);
  });

  it('list pages, filters, and keeps its filter over the pages', async () => {
    for (let index = 0; index < 14; index++) await createFlag(bot, `paged_${index}`, { owner: 'pager' });
    const first = await admin().slash('/feature list', { owner: 'pager' });
    expect(first.text).toContain('14 flags, page 1 of 2');
    const second = await admin().click(first, 'Next');
    expect(second.text).toContain('page 2 of 2');
    expect(second.text).not.toContain('told_twice');
    expect((await admin().click(second, 'Previous')).text).toContain('page 1 of 2');
  });
});

describe('/cohort', () => {
  it('create, add, remove, list, delete', async () => {
    await asAdmin(bot, '/cohort create', {
      name: 'friends',
      description: 'Early birds',
      guilds: 'beta_server_1',
    });
    await asAdmin(bot, '/cohort add', { name: 'friends', guilds: 'beta_server_2, internal_test_server' });
    await asAdmin(bot, '/cohort remove', { name: 'friends', guilds: 'beta_server_1' });
    const one = await admin().slash('/cohort list', { name: 'friends' });
    expect(one.text).toContain('friends: 2 guilds');
    expect(one.text).toContain('internal_test_server');
    expect(one.text).not.toContain('beta_server_1');
    expect((await admin().slash('/cohort list')).text).toContain('Early birds');
    await asAdmin(bot, '/cohort delete', { name: 'friends' });
    expect((await admin().slash('/cohort list', { name: 'friends' })).text).toContain('No cohort is called');
  });
});

describe('/cohort list', () => {
  it('pages through the guilds of a large cohort', async () => {
    const many = bot.sandbox.world.guilds.slice(0, 20).map(({ id }) => id);
    await asAdmin(bot, '/cohort create', { name: 'crowd', guilds: many.join(',') });
    const first = await admin().slash('/cohort list', { name: 'crowd' });
    expect(first.text).toContain('crowd: 20 guilds, page 1 of 2');
    const second = await admin().click(first, 'Next');
    expect(second.id).toBe(first.id);
    expect(second.text).toContain('page 2 of 2');
  });

  it('refuses a list that names nobody', async () => {
    const answer = await admin().slash('/cohort add', { name: 'crowd', guilds: ' , ' });
    expect(answer.text).toContain('No guild was named');
  });
});

describe('autocomplete', () => {
  const values = (choices: readonly { readonly name: string }[]) => choices.map(({ name }) => name);

  it('of names, guilds and cohorts, best match first', async () => {
    await createFlag(bot, 'zebra');
    await createFlag(bot, 'big_zebra');
    const names = await admin().complete('/feature enable', { name: 'zebra' }, 'name');
    expect(values(names).slice(0, 2)).toEqual(['zebra', 'big_zebra']);
    const guilds = await admin().complete('/feature enable', { name: 'zebra', guild: 'beta_s' }, 'guild');
    expect(
      values(guilds)
        .slice(0, 2)
        .every((name) => name.includes('beta_server')),
    ).toBe(true);
    await asAdmin(bot, '/feature kill', { name: 'big_zebra' });
    const killed = await admin().complete('/feature unkill', { name: 'zebra' }, 'name');
    expect(values(killed)).toEqual(['big_zebra']);
    const cohorts = await admin().complete('/feature enable', { name: 'zebra', cohort: 'pa' }, 'cohort');
    expect(values(cohorts)[0]).toContain('pair');
  });

  it('of a list completes its last name', async () => {
    const choices = await admin().complete(
      '/cohort add',
      { name: 'pair', guilds: 'beta_server_1, beta_server_2' },
      'guilds',
    );
    expect(choices[0]?.value).toMatch(/^beta_server_1,/);
    const requires = await admin().complete(
      '/feature edit',
      { name: 'zebra', requires: 'big_zebra,pag' },
      'requires',
    );
    expect(requires[0]?.value).toMatch(/^big_zebra,paged_/);
  });
});
