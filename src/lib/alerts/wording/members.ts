/** What members of guilds are told while a deployment is watched: what they may notice, and what they can do. No numbers, no blame. */
import type { Card } from '../Card.js';

export interface ForMembers {
  readonly title: string;
  readonly body: string;
}

const tellUs = 'Tell us with /report what does not work.';
const stillNot = 'Tell us with /report what still does not work then.';
const patience = 'Nothing is lost; try again in a few minutes.';

/** By what the trouble is about. What is not here, nobody in a guild notices. */
const troubles: Readonly<Record<string, ForMembers>> = {
  'external-services': {
    title: 'Some commands may fail just now',
    body: `A service that the bot needs answers only now and then. ${patience} ${tellUs}`,
  },
  'user-commands': {
    title: 'The bot may not answer everybody just now',
    body: `Fewer commands reach it than usual, and we are looking why. ${patience} ${tellUs}`,
  },
  errors: {
    title: 'Some commands fail more often than usual',
    body: `It began with the newest version, and we are looking why. ${patience} ${tellUs}`,
  },
  'response-times': {
    title: 'The bot answers more slowly than usual',
    body: `It began with the newest version, and we are looking why. There is nothing that you must do. ${tellUs}`,
  },
  database: {
    title: 'Some commands may fail just now',
    body: `The bot cannot always reach its memory. ${patience} ${tellUs}`,
  },
};
const same: Readonly<Record<string, string>> = { 'errors-proven': 'errors', 'crash-storm': 'errors' };

/** @param trigger as the risk policy names it. undefined where members notice nothing of it */
export function troubleForMembers(trigger: string): ForMembers | undefined {
  return troubles[same[trigger] ?? trigger];
}

/** The rollouts of these flags stand still: those who have them are asked what they see. */
export function askingMembers(flags: readonly string[]): ForMembers {
  const named = flags.join(', ');
  return {
    title: `How does ${named} work for you?`,
    body:
      'We give it to nobody else until we know. If you have it: rate it with /feedback, ' +
      'and tell us with /report what does not work.',
  };
}

export function wellAgainForMembers(): ForMembers {
  return {
    title: 'The bot works as usual again',
    body: `What we told you of is over. ${tellUs}`,
  };
}

/** A rollback was begun: what it mends is not measured yet. */
export function takenBackForMembers(): ForMembers {
  return {
    title: 'We took the newest changes back',
    body: `What we told you of should be over in a few minutes; there is nothing that you must do. ${stillNot}`,
  };
}

export function memberCard({ title, body }: ForMembers, tone: Card['tone'] = 'info'): Card {
  return { tone, title, body };
}
