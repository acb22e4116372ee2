/** Betas: what staff are asked, what the person who asked hears, and what a guild's own channel hears. */
import type { Card } from '../Card.js';
import { count, who, type Who } from './facts.js';

export interface BetaRequestFacts {
  readonly flag: string;
  readonly description: string;
  readonly guild: { readonly id: string; readonly name: string; readonly members: number };
  readonly by: Who;
}

/** To staff: a guild wants to join a beta that asks for approval. */
export function betaRequested({ flag, description, guild, by }: BetaRequestFacts): Card {
  return {
    tone: 'info',
    title: `${guild.name} asks to join the beta of ${flag}`,
    body: description === '' ? 'The flag has no description.' : description,
    fields: [
      { name: 'Guild', value: [`${guild.name} `, { code: guild.id }], inline: true },
      { name: 'Members', value: count(guild.members, 'member'), inline: true },
      { name: 'Asked by', value: who(by), inline: true },
    ],
    buttons: [
      { label: 'Approve', style: 'success', action: 'beta-approve', args: ['{entry}'] },
      { label: 'Decline', style: 'danger', action: 'beta-decline', args: ['{entry}'] },
    ],
  };
}

export interface BetaAnswerFacts {
  readonly flag: string;
  readonly guildName: string;
  readonly answer: 'approved' | 'declined';
  readonly reason?: string;
}

/** To the person who asked, by direct message. */
export function betaAnswered({ flag, guildName, answer, reason }: BetaAnswerFacts): Card {
  const fields = reason === undefined || reason === '' ? [] : [{ name: 'Reason', value: reason }];
  return answer === 'approved'
    ? {
        tone: 'good',
        title: `${guildName} is in the beta of ${flag}`,
        body: [
          'The team approved your request. ',
          { code: '/beta leave' },
          ' takes the guild out again at any time.',
        ],
        fields,
      }
    : {
        tone: 'warn',
        title: `${guildName} is not in the beta of ${flag}`,
        body: [
          'The team declined your request, so nothing changed in your guild. ',
          { code: '/beta list' },
          ' shows the betas that are open to it.',
        ],
        fields,
      };
}

/** `killed` and `restored`: the kill switch · `released`: on for everyone · `lapsed`: released, against the guild's wish to stay out. */
export type BetaEvent = 'joined' | 'left' | 'killed' | 'restored' | 'released' | 'lapsed';

export interface BetaNewsFacts {
  readonly flag: string;
  readonly description: string;
  readonly event: BetaEvent;
  /** Who did it, where it was someone of this guild. */
  readonly by?: Who;
}

/** To the channel that a guild chose for news of its betas. */
export function betaNews({ flag, description, event, by }: BetaNewsFacts): Card {
  const fields = by === undefined ? [] : [{ name: 'By', value: who(by), inline: true }];
  const about = description === '' ? [] : [`${description} `];
  switch (event) {
    case 'joined':
      return {
        tone: 'good',
        title: `This guild joined the beta of ${flag}`,
        body: [...about, { code: '/beta leave' }, ' takes it out again.'],
        fields,
      };
    case 'left':
      return {
        tone: 'info',
        title: `This guild left the beta of ${flag}`,
        body: [...about, { code: '/beta join' }, ' brings it back.'],
        fields,
      };
    case 'killed':
      return {
        tone: 'warn',
        title: `${flag} is off for now`,
        body: [
          ...about,
          'The team turned it off everywhere. You need to do nothing: your place in the beta is kept.',
        ],
        fields,
      };
    case 'restored':
      return {
        tone: 'good',
        title: `${flag} is back`,
        body: [...about, 'The team turned it on again where it was on before.'],
        fields,
      };
    case 'released':
      return {
        tone: 'good',
        title: `${flag} is released`,
        body: [...about, 'It is now on for everyone, so this beta is over. Thank you for trying it early.'],
        fields,
      };
    case 'lapsed':
      return {
        tone: 'info',
        title: `${flag} is released`,
        body: [
          ...about,
          'It is now on for everyone. Your choice to keep it off counted while it was a beta, and ended with it.',
        ],
        fields,
      };
  }
}
