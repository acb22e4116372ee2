/** What the tests of rollbacks in chat do again and again. */
import type { Seen } from '../../../src/sandbox/index.js';
import type { RollbackDocument } from '../../../src/lib/rollbacks/documents.js';
import type { RunningBot } from '../../support/bot.js';
import { until } from '../../support/redis/until.js';
import { asAdmin, createFlag } from '../chat/chat.js';

export const everywhere = ['operations', 'dev-team', 'management'] as const;

/** A clock that runs with the machine's and can be set ahead. */
export class MovedClock {
  /** It is set ahead again and again: whoever waits for domain time looks often. */
  public readonly speed = 60;
  private aheadMs = 0;

  public readonly now = (): number => Date.now() + this.aheadMs;

  public moveAhead(ms: number): void {
    this.aheadMs += ms;
  }
}

/** Sets domain time ahead; a clock that jumps tells nobody, so that rollbacks are looked at at once. */
export function jump(bot: RunningBot, clock: MovedClock, ms: number): void {
  clock.moveAhead(ms);
  bot.rollouts.control.wake('roll back');
}

/** A flag that is on for everybody. */
export async function createOn(bot: RunningBot, name: string): Promise<void> {
  await createFlag(bot, name);
  await asAdmin(bot, '/feature enable', { name, percentage: '100' });
}

/** A rollback's card: made of components, with its id in the foot. */
export const isCardOf =
  (id: string) =>
  ({ ephemeral, deleted, embeds, text }: Seen): boolean =>
    !ephemeral && !deleted && embeds.length === 0 && text.includes(`Rollback ${id}`);

/** The card in #operations, as soon as it says so. */
export function cardThat(bot: RunningBot, id: string, says: RegExp | string): Promise<Seen> {
  const matches = (text: string): boolean =>
    typeof says === 'string' ? text.includes(says) : says.test(text);
  return until(`the card of ${id} says ${String(says)}`, async () =>
    (await bot.as('admin').in('operations').messages()).find(
      (seen) => isCardOf(id)(seen) && matches(seen.text),
    ),
  );
}

/** The public notices of a channel that say this. */
export async function noticesIn(bot: RunningBot, channel: string, says: string): Promise<readonly Seen[]> {
  const messages = await bot.as('admin').in(channel).messages();
  return messages.filter(
    ({ ephemeral, embeds, text }) => !ephemeral && embeds.length > 0 && text.includes(says),
  );
}

/** The notice, as soon as it is there. */
export function noticeIn(bot: RunningBot, channel: string, says: string): Promise<Seen> {
  return until(`#${channel} reads "${says}"`, async () => (await noticesIn(bot, channel, says)).at(-1));
}

/** The flag's rollback, as soon as it is so. */
export function rollbackThat(
  bot: RunningBot,
  flag: string | null,
  is: (rollback: RollbackDocument) => boolean,
): Promise<RollbackDocument> {
  return until(`a rollback of ${flag ?? 'everything'} that is so`, () =>
    bot.rollouts.rollbacks.list().find((one) => one.flag === flag && is(one)),
  );
}

/** The text of a file on a message. */
export async function attached(seen: Seen): Promise<string> {
  const [file] = seen.attachments;
  if (file === undefined) throw new Error(`No file is attached to "${seen.text.slice(0, 80)}…".`);
  return (await fetch(file.url)).text();
}
