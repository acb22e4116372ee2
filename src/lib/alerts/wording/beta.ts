/** Betas: what staff are asked, what the person who asked hears, and what a guild's own channel hears. */
import { count } from '../../core/count.js';
import type { Text, Tone } from '../Card.js';
import { who, type Who } from './facts.js';
import { told, type Told } from './told.js';

export interface BetaRequestFacts {
  readonly flag: string;
  readonly description: string;
  readonly guild: { readonly id: string; readonly name: string; readonly members: number };
  readonly by: Who;
}

/** To staff: a guild wants to join a beta that asks for approval. */
export function betaRequested({ flag, description, guild, by }: BetaRequestFacts): Told {
  return told({
    tone: 'info',
    title: `${guild.name} asks to join the beta of ${flag}`,
    why: [description === '' ? 'The flag has no description.' : description],
    did: ['Nothing is on there yet.'],
    todo: 'Approve or decline; whoever asked is told.',
    fields: [
      { name: 'Guild', value: [`${guild.name} `, { code: guild.id }], inline: true },
      { name: 'Members', value: count(guild.members, 'member'), inline: true },
      { name: 'Asked by', value: who(by), inline: true },
    ],
    buttons: [
      { label: 'Approve', style: 'success', action: 'beta-approve', args: ['{entry}'] },
      { label: 'Decline', style: 'danger', action: 'beta-decline', args: ['{entry}'] },
    ],
  });
}

export interface BetaAnswerFacts {
  readonly flag: string;
  readonly guildName: string;
  readonly answer: 'approved' | 'declined';
  readonly reason?: string;
}

/** To the person who asked, by direct message. */
export function betaAnswered({ flag, guildName, answer, reason }: BetaAnswerFacts): Told {
  const fields = reason === undefined || reason === '' ? [] : [{ name: 'Reason', value: reason }];
  return answer === 'approved'
    ? told({
        tone: 'good',
        title: `${guildName} is in the beta of ${flag}`,
        why: ['The team approved your request.'],
        did: [],
        todo: ['Nothing. ', { code: '/beta leave' }, ' takes the guild out again at any time.'],
        fields,
      })
    : told({
        tone: 'warn',
        title: `${guildName} is not in the beta of ${flag}`,
        why: ['The team declined your request, so nothing changed in your guild.'],
        did: [],
        todo: ['Nothing. ', { code: '/beta list' }, ' shows the betas that are open to it.'],
        fields,
      });
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
export function betaNews({ flag, description, event, by }: BetaNewsFacts): Told {
  const { tone, title, did, todo } = eventWords(flag)[event];
  return told({
    tone,
    title,
    why: description === '' ? [] : [description],
    did: did === '' ? [] : [did],
    todo,
    fields: by === undefined ? [] : [{ name: 'By', value: who(by), inline: true }],
  });
}

interface EventWords {
  readonly tone: Tone;
  readonly title: string;
  readonly did: string;
  readonly todo: Text;
}

const eventWords = (flag: string): Readonly<Record<BetaEvent, EventWords>> => ({
  joined: {
    tone: 'good',
    title: `This guild joined the beta of ${flag}`,
    did: '',
    todo: ['Nothing. ', { code: '/beta leave' }, ' takes it out again.'],
  },
  left: {
    tone: 'info',
    title: `This guild left the beta of ${flag}`,
    did: '',
    todo: ['Nothing. ', { code: '/beta join' }, ' brings it back.'],
  },
  killed: {
    tone: 'warn',
    title: `${flag} is off for now`,
    did: 'The team turned it off everywhere. Your place in the beta is kept.',
    todo: 'Nothing. You hear when it is back.',
  },
  restored: {
    tone: 'good',
    title: `${flag} is back`,
    did: 'The team turned it on again where it was on before.',
    todo: 'Nothing.',
  },
  released: {
    tone: 'good',
    title: `${flag} is released`,
    did: 'It is now on for everyone, so this beta is over. Thank you for trying it early.',
    todo: 'Nothing.',
  },
  lapsed: {
    tone: 'info',
    title: `${flag} is released`,
    did: 'It is now on for everyone. Your choice to keep it off counted while it was a beta, and ended with it.',
    todo: 'Nothing.',
  },
});
