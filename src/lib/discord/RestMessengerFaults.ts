import { DiscordAPIError, HTTPError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import { Undeliverable } from '../alerts/Messenger.js';

/** This person can never get it: closed direct messages, no common guild, no such account. */
const unreachablePerson: readonly (number | string)[] = [
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  RESTJSONErrorCodes.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds,
  RESTJSONErrorCodes.UnknownUser,
];

/** With a wrong token every request counts towards a ban of the whole address, so the next one is far away, ms. */
const afterUnauthorizedMs = 300_000;

/** What an error of discord.js's REST means for a message: whether later may help, whether a person must act, and on what. */
export function undeliverable(cause: unknown): Undeliverable {
  if (cause instanceof Undeliverable) return cause;
  if (cause instanceof RateLimitError) {
    return new Undeliverable('Discord asks us to slow down.', 'retry', { afterMs: cause.retryAfter, cause });
  }
  if (cause instanceof DiscordAPIError) return refused(cause);
  if (cause instanceof HTTPError) {
    return new Undeliverable(`Discord answered ${cause.status}.`, 'retry', { cause });
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Undeliverable(`Discord could not be reached: ${why}`, 'retry', { cause });
}

function refused(cause: DiscordAPIError): Undeliverable {
  const said = `Discord said: ${cause.message} (${cause.code}).`;
  if (unreachablePerson.includes(cause.code)) return new Undeliverable(said, 'drop', { cause });
  if (cause.status === 401) {
    return new Undeliverable(`The bot's token is not valid. ${said}`, 'retry', {
      afterMs: afterUnauthorizedMs,
      cause,
    });
  }
  if (cause.status === 429 || cause.status >= 500) return new Undeliverable(said, 'retry', { cause });
  if (cause.status === 403) {
    const need = 'View Channel, Send Messages, Embed Links and Read Message History';
    return new Undeliverable(`The bot may not write there; give it ${need}. ${said}`, 'park', { cause });
  }
  if (cause.status === 404) {
    return new Undeliverable(`The channel does not exist; create it or name another one. ${said}`, 'park', {
      cause,
    });
  }
  return new Undeliverable(`Discord does not take this message. ${said}`, 'park', {
    fault: 'message',
    cause,
  });
}
