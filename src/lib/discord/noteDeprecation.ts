/** Tells people that the command they used is about to go, and what takes its place. */
import { container } from '@sapphire/framework';
import { Message, MessageFlags } from 'discord.js';
import { isDay } from '../deprecations/due.js';
import type { Deprecation } from '../deprecations/Deprecation.js';
import type { Told } from './refuseFeature.js';

const dayMs = 86_400_000;
/** People remembered; beyond that someone may be told again on the same day. */
const maxPeople = 10_000;

let day = -1;
const toldToday = new Set<string>();

/** "/oldgreet goes away in version 3.0.0. Please use /greet instead." Both are the host's words, and may hold markdown. */
function deprecationText({ what, removeIn, instead }: Omit<Deprecation, 'since' | 'flag' | 'code'>): string {
  const end = isDay(removeIn) ? `on ${removeIn}` : `in version ${removeIn.replace(/^v/, '')}`;
  return `${what} goes away ${end}. Please use ${instead} instead.`;
}

/** After the answer, to the person alone, once a day and command. Never throws: a note is not worth a failed command. */
export async function noteDeprecation(asked: Told, deprecation: Deprecation): Promise<void> {
  try {
    if (!canFollow(asked) || !isFirstToday(asked, deprecation)) return;
    const answer = {
      content: deprecationText(deprecation),
      allowedMentions: { parse: [], repliedUser: false },
    } as const;
    if (asked instanceof Message) await asked.reply(answer);
    else if (asked.isRepliable()) await asked.followUp({ ...answer, flags: MessageFlags.Ephemeral });
  } catch (error) {
    container.logger.warn(`The note that ${deprecation.what} is deprecated could not be delivered.`, error);
  }
}

/** Before the answer a note would take its place. */
function canFollow(asked: Told): boolean {
  return asked instanceof Message || (asked.isRepliable() && asked.replied);
}

function isFirstToday(asked: Told, { what }: Deprecation): boolean {
  const today = Math.floor(Date.now() / dayMs);
  if (today !== day || toldToday.size >= maxPeople) toldToday.clear();
  day = today;
  const person = asked instanceof Message ? asked.author.id : asked.user.id;
  const key = `${person} ${what}`;
  if (toldToday.has(key)) return false;
  toldToday.add(key);
  return true;
}
