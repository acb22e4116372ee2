/** What the tests of rollouts in chat do again and again. */

import type { OptionValues } from '../../../src/sandbox/people/commandInput.js';
import type { Seen } from '../../../src/sandbox/index.js';
import { readLive } from '../../../src/lib/alerts/live/liveDocument.js';
import type { RunningBot } from '../../support/bot.js';

/** A rollout's card in the channel; its notices have buttons, too, but are embeds. */
export const isCard =
  (flag: string) =>
  ({ ephemeral, deleted, buttons, embeds, text }: Seen): boolean =>
    !ephemeral && !deleted && embeds.length === 0 && buttons.includes('Why?') && text.includes(flag);

/** The cards that stand in #operations now. */
export async function cardsOf(bot: RunningBot, flag: string): Promise<readonly Seen[]> {
  return (await bot.as('admin').in('operations').messages()).filter(isCard(flag));
}

export async function cardOf(bot: RunningBot, flag: string): Promise<Seen> {
  const card = (await cardsOf(bot, flag)).at(-1);
  if (card === undefined) throw new Error(`There is no card of ${flag}.`);
  return card;
}

/** The card as soon as it says so, or a newer one does. */
export async function cardThat(
  bot: RunningBot,
  flag: string,
  matches: (card: Seen) => boolean,
): Promise<Seen> {
  const comes = bot
    .as('admin')
    .in('operations')
    .next((seen) => isCard(flag)(seen) && matches(seen));
  // It may say so already; then nobody waits for what may never come.
  comes.catch(() => undefined);
  const now = (await cardsOf(bot, flag)).find(matches);
  return now ?? comes;
}

/** Starts it as an admin, with one hand-picked guild, and answers its card once it runs. */
export async function startRollout(bot: RunningBot, flag: string, values: OptionValues = {}): Promise<Seen> {
  const admin = bot.as('admin').in('operations');
  const answer = await admin.slash('/rollout start', {
    name: flag,
    guilds: 'internal_test_server',
    ...values,
  });
  if (answer.buttons.includes('Start')) await admin.click(answer, 'Start');
  return cardThat(bot, flag, ({ text }) => text.includes('Running'));
}

/** Presses a button of a card in #operations, and answers the card once it says so. */
export async function press(
  bot: RunningBot,
  who: string,
  flag: string,
  label: string,
  shows: string,
): Promise<Seen> {
  const channel = bot.as(who).in('operations');
  // A card that is being edited at this moment has other buttons: the press would be refused.
  const { revision } = await bot.rollouts.rollouts.status(flag);
  const hasButtonsOfNow = ({ components }: Seen) => JSON.stringify(components).includes(`:${revision}"`);
  await channel.click(await cardThat(bot, flag, hasButtonsOfNow), label);
  return cardThat(bot, flag, ({ text }) => text.includes(shows));
}

/** What was told in the thread of its card: `<id>.<n>` of each news. */
export async function toldOf(bot: RunningBot, flag: string): Promise<readonly (string | undefined)[]> {
  const { id } = await bot.rollouts.rollouts.status(flag);
  const [live] = await bot.rollouts.store.getMany('settings', ['live']);
  const threadId = readLive(live ?? null).get(id)?.threadId;
  if (threadId === undefined || threadId === null) return [];
  const messages = await bot.as('admin').in(threadId).messages();
  return messages.map(({ embeds }) => embeds[0]?.footer?.text);
}

/** A person takes away a message, or a thread. */
export async function remove(bot: RunningBot, path: string): Promise<void> {
  const { apiUrl, botToken } = bot.sandbox;
  const answer = await fetch(`${apiUrl}/v10${path}`, {
    method: 'DELETE',
    headers: { authorization: `Bot ${botToken}` },
  });
  if (!answer.ok) throw new Error(`DELETE ${path}: ${answer.status} ${await answer.text()}`);
}
