import type { Card, CardField, Tone } from '../Card.js';
import { type BeforeAfter, beforeAfter, lines, who, type Who } from './facts.js';

export interface FlagChangedFacts {
  /** What was done, one line: `Enable new_greeting for 25 % of guilds`. */
  readonly title: string;
  readonly differences: readonly BeforeAfter[];
  readonly by: Who;
  readonly reason?: string;
  /** What is worth knowing beside it, one sentence each. */
  readonly notes?: readonly string[];
  /** `info` unless said otherwise; a kill is `bad`. */
  readonly tone?: Tone;
  /** False where it cannot be taken back; no button then. */
  readonly canUndo?: boolean;
}

/** The one notice to staff that every change of a flag, a cohort or a guild's entry sends. */
export function flagChanged(facts: FlagChangedFacts): Card {
  const { title, differences, by, reason, notes = [], tone = 'info', canUndo = true } = facts;
  return {
    tone,
    title,
    ...(notes.length > 0 && { body: lines(notes) }),
    fields: [
      ...(differences.length > 0 ? [{ name: 'Before → after', value: beforeAfter(differences) }] : []),
      ...signature(by, reason),
    ],
    ...(canUndo && {
      buttons: [{ label: 'Undo', style: 'secondary', action: 'undo', args: ['{entry}'] }],
    }),
  };
}

/** Who did it and why, as every card of ours ends. */
export function signature(by: Who, reason: string | undefined): readonly CardField[] {
  return [
    { name: 'By', value: who(by), inline: true },
    { name: 'Reason', value: reason === undefined || reason === '' ? 'none given' : reason, inline: true },
  ];
}
