/** From the button under a card to the receipt: pressed at a local Discord, and read from its channels. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyReceipt } from '../../../src/lib/rollbacks/proof/receipt/verifyReceipt.js';
import type { Seen } from '../../../src/sandbox/index.js';
import { startBot, type RunningBot } from '../../support/bot.js';
import { until } from '../../support/redis/until.js';
import { asAdmin } from '../chat/chat.js';
import {
  attached,
  cardThat,
  createOn,
  everywhere,
  jump,
  MovedClock,
  noticeIn,
  noticesIn,
  rollbackThat,
} from './rollbackChat.js';

let bot: RunningBot;
const domainTime = new MovedClock();
const guild = () => bot.sandbox.world.guild('beta_server_1').id;
const isOn = (flag: string) => bot.rollouts.flags.isEnabled(flag, guild());
const oncall = () => bot.as('oncall').in('operations');

beforeAll(async () => {
  bot = await startBot({ clocks: { domainTime } });
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  expect(violations).toEqual([]);
});

describe('Roll back, under the notice of a feature that is on', () => {
  let notice: Seen;
  const reason = 'It greets people by the name of somebody else';

  beforeAll(async () => {
    await createOn(bot, 'warm_hello');
    notice = await noticeIn(bot, 'operations', 'Enable warm_hello');
  });

  it('asks on-call why, and turns it off for everybody with one press', async () => {
    expect(notice.buttons).toEqual(['Undo', 'Roll back']);
    expect(isOn('warm_hello')).toBe(true);
    const form = await oncall().click(notice, 'Roll back');
    expect(form.modal?.title).toBe('Roll back warm_hello');
    const answer = await oncall().submit(form, { Trigger: 'data-corruption', Reason: reason });
    expect(isOn('warm_hello')).toBe(false);
    expect(answer.ephemeral).toBe(true);
    expect(answer.text).toMatch(/warm_hello is off for everybody, after 0\.\d\d s/);
    expect(answer.text).toContain('/feature unkill name:warm_hello');
  });

  it('tells all three channels at once, and pings on-call once', async () => {
    const told = await Promise.all(
      everywhere.map((channel) => noticeIn(bot, channel, `ROLLBACK INITIATED: ${reason}`)),
    );
    for (const { embeds } of told) expect(embeds[0]?.title).toBe(`⚠️ ROLLBACK INITIATED: ${reason}`);
    expect(told.flatMap(({ pinged }) => pinged)).toEqual(['@On-call']);
    for (const { text } of told) expect(text).toContain('data corruption');
  });

  it('is acknowledged under the word that woke on-call, and the card says by whom', async () => {
    const first = await noticeIn(bot, 'operations', `ROLLBACK INITIATED: ${reason}`);
    const answer = await oncall().click(first, 'Acknowledge');
    expect(answer.text).toContain('Acknowledge the rollback of warm_hello');
    const second = await bot.as('staff').in('operations').click(first, 'Acknowledge');
    expect(second.text).toContain('looks after it already');
    const { id } = await rollbackThat(bot, 'warm_hello', ({ acknowledged }) => acknowledged !== undefined);
    expect((await cardThat(bot, id, '👀 Acknowledged by')).buttons).not.toContain('Acknowledge');
  });

  it('has one card with a stopwatch on which every step ticks off', async () => {
    const { id } = await rollbackThat(bot, 'warm_hello', () => true);
    const card = await cardThat(bot, id, /✔ Snapshot of the state {2}at \d/);
    expect(card.text).toMatch(/✔ Turned off {2}at 0\.\d\d s/);
    expect(card.text).toContain('No deployment driver is configured.');
    await until('the answer links to it', async () =>
      (await oncall().messages()).some(({ text }) => text.includes(`/${card.channelId}/${card.id}`)),
    );
  });

  it('ends with a proof from every process, and a receipt that anybody can verify', async () => {
    await rollbackThat(bot, 'warm_hello', ({ proof }) => proof !== null);
    // Nobody types anything here, so that there is never enough data; after an hour it stops looking.
    jump(bot, domainTime, 2 * 3_600_000);
    const done = await rollbackThat(bot, 'warm_hello', ({ receipt }) => receipt !== null);
    const verdicts = Object.fromEntries(
      (done.proof?.checks ?? []).map(({ name, verdict }) => [name, verdict]),
    );
    expect(verdicts).toMatchObject({
      'flags-off': 'passed',
      'commands-work': 'passed',
      'data-integrity': 'passed',
    });
    const end = await until('the receipt is attached', async () =>
      (await noticesIn(bot, 'management', 'warm_hello')).find(({ attachments }) => attachments.length > 0),
    );
    const receipt = await attached(end);
    expect(end.text).toContain(done.receipt ?? 'none');
    expect(verifyReceipt(receipt)).toMatchObject({ ok: true, problems: [] });
    expect(verifyReceipt(receipt.replace('somebody else', 'nobody else'))).toMatchObject({ ok: false });
    const card = await cardThat(bot, done.id, '⏱ Done after');
    expect(card.buttons).toEqual(['Validate again']);
  });

  it('stands in the history with its time to safety', async () => {
    const history = await oncall().slash('/rollback history');
    expect(history.text).toMatch(/warm_hello.*\n.*off for everybody after 0\.\d\d s/);
    const status = await oncall().slash('/rollback status', { rollback: 'warm_hello' });
    expect(status.text).toContain(reason);
  });

  it('pressed again on the old card says that it is off already, and asks nothing', async () => {
    const answer = await oncall().click(notice, 'Roll back');
    expect(answer.modal).toBeUndefined();
    expect(answer.text).toContain('warm_hello is off for everybody already');
  });

  it('is proven again on request', async () => {
    const answer = await oncall().slash('/rollback validate', { rollback: 'warm_hello' });
    expect(answer.text).toContain('Flags off');
    expect(answer.text).toMatch(/✔ Data integrity/);
  });
});

describe('everything', () => {
  it('goes off with one command, and comes back with what it says', async () => {
    await createOn(bot, 'one');
    await createOn(bot, 'two');
    const answer = await oncall().slash('/rollback now', {
      everything: true,
      trigger: 'security',
      reason: 'A token leaked',
    });
    expect([isOn('one'), isOn('two')]).toEqual([false, false]);
    expect(answer.text).toContain('Everything is off for everybody');
    await asAdmin(bot, '/feature unkill', { everything: true });
    expect(isOn('one')).toBe(true);
  });

  it('is never hit by leaving a field empty', async () => {
    const answer = await oncall().slash('/rollback now', { reason: 'x' });
    expect(answer.text).toContain('Neither a feature nor everything was given');
  });
});

describe('a command without a reason', () => {
  it('asks for it by a form, with the trigger that was given', async () => {
    await createOn(bot, 'asked_why');
    const form = await oncall().slash('/rollback now', { feature: 'asked_why', trigger: 'compliance' });
    expect(form.modal?.fields.map(({ label }) => label)).toEqual(['Reason']);
    await oncall().submit(form, { Reason: 'A letter from the authority' });
    const rollback = await rollbackThat(bot, 'asked_why', () => true);
    expect(rollback).toMatchObject({ trigger: 'compliance', reason: 'A letter from the authority' });
    expect(isOn('asked_why')).toBe(false);
  });

  it('with dry-run:True changes nothing, and shows each step', async () => {
    await createOn(bot, 'dry');
    const shown = await oncall().slash('/rollback now', { feature: 'dry', reason: 'x', 'dry-run': true });
    expect(shown.text).toContain('Nothing has changed yet');
    expect(shown.text).toContain('Snapshot of the state: Take a snapshot');
    expect(isOn('dry')).toBe(true);
    await oncall().click(shown, 'Roll back');
    expect(isOn('dry')).toBe(false);
  });
});
