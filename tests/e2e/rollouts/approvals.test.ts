/** A second person: who may agree, what they agree to, and how an admin goes on without one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Seen } from '../../../src/sandbox/index.js';
import { startBot, type RunningBot } from '../../support/bot.js';
import { asAdmin, createFlag, withNotice } from '../chat/chat.js';
import { plansFolder } from './plansFolder.js';
import { cardThat } from './rolloutChat.js';

const plans = plansFolder({
  careful: `
phases:
  - { name: a_fifth, percentage: 20, duration: 1h }
  - { name: everyone, percentage: 100, duration: 1h }
approvals: { required: always }`,
});
let bot: RunningBot;
const admin = () => bot.as('admin').in('operations');
const onCall = () => bot.as('oncall').in('operations');
const stateOf = async (flag: string) => (await bot.rollouts.rollouts.status(flag)).state;
const onOf = (flag: string) =>
  bot.sandbox.world.guilds.filter(({ id }) => bot.rollouts.flags.isEnabled(flag, id)).length;

/** Asks for it as an admin, and waits until the second person is asked. */
async function asks(flag: string, at?: string): Promise<Seen> {
  await createFlag(bot, flag);
  const [, asked] = await withNotice(bot, `The rollout of ${flag} waits for a second person`, async () => {
    const question = await admin().slash('/rollout start', {
      name: flag,
      plan: 'careful',
      ...(at !== undefined && { at }),
    });
    return question.buttons.includes('Start') ? admin().click(question, 'Start') : question;
  });
  return asked;
}

beforeAll(async () => {
  bot = await startBot({
    env: ({ world }) => ({
      ROLLOUT_PLANS: plans.path,
      APPROVER_ROLE_IDS: `${world.role('Admin').id},${world.role('On-call').id}`,
    }),
  });
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  plans.remove();
  expect(violations).toEqual([]);
});

it('nobody gets it before a second person has agreed; its card says who is waited for', async () => {
  const asked = await asks('reviewed');
  expect(asked.text).toContain('press Approve or Decline, or use /rollout approve or /rollout decline');
  expect(asked.text).toMatch(/\d+ guilds with [\d,]+ members would newly get it/);
  const card = await cardThat(bot, 'reviewed', ({ text }) => text.includes('Needs a second person'));
  expect(card.text).toContain('Waiting');
  expect(onOf('reviewed')).toBe(0);
});

it('who asked cannot approve, nor can staff without the role', async () => {
  const own = await admin().slash('/rollout approve', { rollout: 'reviewed' });
  expect(own.text).toContain('Who asked for it cannot approve it');
  const staff = await bot.as('staff').in('operations').slash('/rollout approve', { rollout: 'reviewed' });
  expect(staff.text).toContain('Only members with an approver role may');
  expect(await stateOf('reviewed')).toBe('waiting');
  expect(onOf('reviewed')).toBe(0);
});

it('a second person approves, and it starts by itself', async () => {
  const [answer] = await withNotice(bot, 'The rollout of reviewed is approved', () =>
    onCall().slash('/rollout approve', { rollout: 'reviewed' }),
  );
  expect(answer.text).toContain('Approve the rollout of reviewed');
  await cardThat(bot, 'reviewed', ({ text }) => text.includes('Running'));
  expect(onOf('reviewed')).toBeGreaterThan(0);
});

it('the next step asks anew: advancing by hand is refused until someone agrees, on the card itself', async () => {
  const question = await admin().slash('/rollout advance', { rollout: 'reviewed' });
  expect(question.text).toContain('This step needs a second person');
  const before = onOf('reviewed');
  const waiting = await cardThat(bot, 'reviewed', ({ buttons }) => buttons.includes('Approve'));
  expect(waiting.buttons).toContain('Cancel the rollout');
  await onCall().click(waiting, 'Approve');
  await cardThat(bot, 'reviewed', ({ buttons }) => !buttons.includes('Approve'));
  expect(onOf('reviewed')).toBe(before);
  const sure = await admin().slash('/rollout advance', { rollout: 'reviewed' });
  expect(sure.text).toMatch(/Newly on for\n?.*guilds/);
  expect(onOf('reviewed')).toBe(before);
  const done = await admin().click(sure, 'Advance');
  expect(done.text).toContain('everyone');
  expect(onOf('reviewed')).toBeGreaterThan(before);
});

describe('Approve under the notice', () => {
  it('is for a second person with the role only', async () => {
    const asked = await asks('pressed');
    expect(asked.buttons).toEqual(['Approve', 'Decline', 'Cancel the rollout', 'Why?']);
    expect((await admin().click(asked, 'Approve')).text).toContain('Who asked for it cannot approve it');
    const staff = await bot.as('staff').in('operations').click(asked, 'Approve');
    expect(staff.text).toContain('Only members with an approver role may');
    expect(onOf('pressed')).toBe(0);
    await withNotice(bot, 'The rollout of pressed is approved', () => onCall().click(asked, 'Approve'));
    await cardThat(bot, 'pressed', ({ text }) => text.includes('Running'));
    expect(onOf('pressed')).toBeGreaterThan(0);
  });

  it('of what is over approves nothing, and shows it as it is now, with the button of now', async () => {
    const asked = await asks('moved');
    await bot.rollouts.rollouts.approve('moved', { by: { id: '1', name: 'someone' } });
    await cardThat(bot, 'moved', ({ text }) => text.includes('Running'));
    await admin().slash('/rollout advance', { rollout: 'moved' });
    const shown = onCall().next(({ ephemeral, buttons }) => ephemeral && buttons.includes('Why?'));
    await onCall().click(asked, 'Approve');
    const now = await shown;
    expect((await bot.rollouts.rollouts.status('moved')).approval?.given).toBeNull();
    await onCall().click(now, 'Approve');
    expect((await bot.rollouts.rollouts.status('moved')).approval?.given).not.toBeNull();
  });

  it('stands beside Cancel, with which an admin ends it before anybody got it', async () => {
    const asked = await asks('unwanted');
    await cardThat(bot, 'unwanted', ({ text }) => text.includes('Needs a second person'));
    const staff = await bot.as('staff').in('operations').click(asked, 'Cancel the rollout');
    expect(staff.text).toContain('You may not do this');
    const question = await admin().click(asked, 'Cancel the rollout');
    expect(question.text).toContain('Nobody has got anything by it');
    await admin().click(question, 'Cancel the rollout');
    await cardThat(bot, 'unwanted', ({ text }) => text.includes('Cancelled'));
    expect(await stateOf('unwanted')).toBe('cancelled');
    const late = await onCall().click(asked, 'Approve');
    expect(late.text).toContain('Cancelled');
    expect(onOf('unwanted')).toBe(0);
  });
});

describe('Decline under the notice', () => {
  it('is for those who may approve, asks why, ends what has not begun, and tells who asked', async () => {
    const asked = await asks('doubted');
    await cardThat(bot, 'doubted', ({ text }) => text.includes('Needs a second person'));
    const staff = await bot.as('staff').in('operations').click(asked, 'Decline');
    expect(staff.text).toContain('Only members with an approver role may');
    const direct = bot
      .as('admin')
      .in({ dmWithBot: true })
      .next(({ text }) => text.includes('What you asked for was declined'));
    const form = await onCall().click(asked, 'Decline');
    const [answer, notice] = await withNotice(bot, 'The rollout of doubted is declined', () =>
      onCall().submit(form, { Reason: 'Its texts are not translated' }),
    );
    expect(answer.text).toContain('Decline the rollout of doubted');
    expect(notice.text).toMatch(/By\n@oncall\nReason\nIts texts are not translated\nAsked by\n@admin/);
    expect((await direct).text).toContain('Its texts are not translated');
    const card = await cardThat(bot, 'doubted', ({ text }) => text.includes('Cancelled'));
    expect(card.text).toContain('Declined by oncall: Its texts are not translated');
    expect(onOf('doubted')).toBe(0);
    const late = await onCall().click(asked, 'Decline');
    expect(late.modal).toBeUndefined();
    expect(late.text).toContain('Nothing was changed, because the rollout has moved on');
  });

  it('of a later step pauses it, with the words on its card', async () => {
    await onCall().click(await asks('halfway'), 'Approve');
    await cardThat(bot, 'halfway', ({ text }) => text.includes('Running'));
    await admin().slash('/rollout advance', { rollout: 'halfway' });
    const waiting = await cardThat(bot, 'halfway', ({ buttons }) => buttons.includes('Decline'));
    const before = onOf('halfway');
    const form = await onCall().click(waiting, 'Decline');
    await onCall().submit(form, { Reason: 'Not on a Friday' });
    const card = await cardThat(bot, 'halfway', ({ text }) => text.includes('Paused'));
    expect(card.text).toContain('everyone was declined: Not on a Friday');
    expect(onOf('halfway')).toBe(before);
    await admin().click(card, 'Resume');
    await cardThat(bot, 'halfway', ({ text }) => text.includes('Running'));
  });
});

it('/rollout decline does the same with its reason', async () => {
  await asks('refused');
  const staff = await bot.as('staff').in('operations').slash('/rollout decline', {
    rollout: 'refused',
    reason: 'no',
  });
  expect(staff.text).toContain('Only members with an approver role may');
  await onCall().slash('/rollout decline', { rollout: 'refused', reason: 'No' });
  expect(await stateOf('refused')).toBe('cancelled');
});

it('Advance on the card says that a second person is needed before it asks one', async () => {
  const start = await asks('careful_one');
  await onCall().click(start, 'Approve');
  const card = await cardThat(bot, 'careful_one', ({ text }) => text.includes('Running'));
  const question = await admin().click(card, 'Advance');
  expect(question.text).toContain('Needs a second person');
  expect(question.buttons).toEqual(['Ask a second person', 'Cancel']);
  expect((await bot.rollouts.rollouts.status('careful_one')).approval).toBeNull();
  const [answer, asked] = await withNotice(bot, 'The rollout of careful_one waits for a second person', () =>
    admin().click(question, 'Ask a second person'),
  );
  expect(answer.text).toContain('They have been asked in the staff channel');
  expect(asked.buttons).toEqual(['Approve', 'Decline', 'Cancel the rollout', 'Roll back', 'Why?']);
  expect(asked.text).toMatch(/Step\s+everyone\s+By\s+@admin/);
  // Meanwhile the judge went on looking: what is approved is what was asked, whatever else is new.
  await bot.rollouts.rollouts.acknowledge('careful_one', { by: { id: '1', name: 'someone' } });
  await withNotice(bot, 'The rollout of careful_one is approved', () => onCall().click(asked, 'Approve'));
});

it('a start at a later time is asked about at once, and what is edited after it was approved is asked about again', async () => {
  await asks('edited', '4h');
  await onCall().slash('/rollout approve', { rollout: 'edited' });
  await cardThat(bot, 'edited', ({ text }) => text.includes('It starts at'));
  await asAdmin(bot, '/cohort create', { name: 'vip', guilds: 'beta_server_2' });
  const [, asked] = await withNotice(bot, 'The approval does not hold any more', async () => {
    await asAdmin(bot, '/feature disable', { name: 'edited', cohort: 'vip' });
    bot.rollouts.control.wake('judge');
  });
  expect(asked.text).toContain('The rollout of edited waits for a second person');
  await cardThat(bot, 'edited', ({ text }) => text.includes('Needs a second person'));
  expect(onOf('edited')).toBe(0);
});

it('without a second person only an admin with a reason goes on, and those passed over are pinged', async () => {
  await asks('urgent');
  const alone = { rollout: 'urgent', 'break-glass': true };
  const staff = await onCall().slash('/rollout approve', { ...alone, reason: 'I am in a hurry' });
  expect(staff.text).toContain('Only rollout admins');
  const bare = await admin().slash('/rollout approve', alone);
  expect(bare.text).toContain('needs a reason');
  expect(onOf('urgent')).toBe(0);
  const [, notice] = await withNotice(bot, 'Approved without a second person', () =>
    admin().slash('/rollout approve', { ...alone, reason: 'Nobody is awake' }),
  );
  expect(notice.text).toContain('Nobody is awake');
  expect(notice.pinged).toEqual(['@Admin', '@On-call']);
  await cardThat(bot, 'urgent', ({ text }) => text.includes('Running'));
});

it('rolling back never waits for anybody', async () => {
  await asAdmin(bot, '/rollout rollback', { rollout: 'urgent' });
  expect(onOf('urgent')).toBe(0);
});
