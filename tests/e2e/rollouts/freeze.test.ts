/** /freeze: nothing is widened, by whichever command, unless an admin says why it cannot wait. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBot, type RunningBot } from '../../support/bot.js';
import { asAdmin, createFlag, withNotice } from '../chat/chat.js';

let bot: RunningBot;
const admin = () => bot.as('admin').in('operations');
const staff = () => bot.as('staff').in('operations');
const isOn = (flag: string) =>
  bot.rollouts.flags.isEnabled(flag, bot.sandbox.world.guild('beta_server_1').id);

beforeAll(async () => {
  bot = await startBot();
  await createFlag(bot, 'held');
  await createFlag(bot, 'kept');
});
afterAll(async () => {
  const { violations } = bot;
  await bot.close();
  expect(violations).toEqual([]);
});

it('staff may freeze, with a reason; everyone on the staff sees why and until when', async () => {
  const frozen = await staff().slash('/freeze start', { reason: 'The world cup', until: '4h' });
  expect(frozen.text).toContain('Nothing can be turned newly on');
  const status = await staff().slash('/freeze status');
  expect(status.text).toContain('The world cup');
});

it('a second freeze says what it takes the place of; staff cannot end one by a shorter one', async () => {
  const shorter = await staff().slash('/freeze start', { reason: 'Only a minute', until: '1min' });
  expect(shorter.text).toContain('has frozen everything already (The world cup), until');
  expect(shorter.text).toContain('ask an admin to change it');
  const [answer, notice] = await withNotice(bot, 'Everything is still frozen', () =>
    admin().slash('/freeze start', { reason: 'The world cup', until: '3h' }),
  );
  expect(answer.text).toMatch(/In place of\na freeze by @staff, which was to end .*: The world cup/);
  expect(notice.text).toContain('This takes the place of the freeze by');
});

it('what would widen is refused; turning off always works', async () => {
  const refused = await admin().slash('/feature enable', { name: 'held', guild: 'beta_server_1' });
  expect(refused.text).toContain('The world cup');
  expect(refused.buttons).toEqual(['Override the freeze']);
  expect(isOn('held')).toBe(false);
  const killed = await staff().slash('/feature kill', { name: 'kept' });
  expect(killed.text).toContain('kept');
  expect(bot.rollouts.flags.flag('kept').killed).not.toBeNull();
});

it('an admin overrides it with a reason, which all staff are told', async () => {
  const refused = await admin().slash('/feature enable', { name: 'held', guild: 'beta_server_1' });
  const form = await admin().click(refused, 'Override the freeze');
  const [done] = await withNotice(bot, 'A fix for the login', () =>
    admin().submit(form, { Reason: 'A fix for the login' }),
  );
  const last = done.buttons.includes('Confirm') ? await admin().click(done, 'Confirm') : done;
  expect(last.text).toContain('held');
  expect(isOn('held')).toBe(true);
});

it('only admins end it, and then things can be turned on again', async () => {
  expect((await staff().slash('/freeze stop')).text).toContain('Only rollout admins');
  expect((await admin().slash('/freeze stop')).text).toContain('Nothing is frozen any more');
  await asAdmin(bot, '/feature unkill', { name: 'kept' });
  expect(bot.rollouts.flags.flag('kept').killed).toBeNull();
  expect((await admin().slash('/freeze stop')).text).toContain('Nothing was changed');
});

it('a time that is no time is refused with an example', async () => {
  const refused = await staff().slash('/freeze start', { reason: 'x', until: 'soon' });
  expect(refused.text).toContain('"soon" is no time');
  expect(bot.rollouts.rollouts.freeze.current()).toBeUndefined();
});
