/** What the chat tests do again and again. */
import type { OptionValues } from '../../../src/sandbox/people/commandInput.js';
import type { Seen } from '../../../src/sandbox/index.js';
import type { RunningBot } from '../../support/bot.js';

/** The public message in #operations with these words that an action brings about, beside what the action answers. */
export async function withNotice<T>(
  bot: RunningBot,
  words: string,
  act: () => Promise<T>,
): Promise<readonly [T, Seen]> {
  const operations = bot.as('staff').in('operations');
  const notice = operations.next(
    ({ ephemeral, edited, text }) => !ephemeral && !edited && text.includes(words),
  );
  return [await act(), await notice];
}

/** Runs a command as an admin, and confirms where the bot asks for it. */
export async function asAdmin(bot: RunningBot, path: string, values: OptionValues = {}): Promise<Seen> {
  const admin = bot.as('admin').in('operations');
  const answer = await admin.slash(path, values);
  return answer.buttons.includes('Confirm') ? admin.click(answer, 'Confirm') : answer;
}

export const createFlag = (bot: RunningBot, name: string, values: OptionValues = {}): Promise<Seen> =>
  asAdmin(bot, '/feature create', { name, description: 'What it does', ...values });
