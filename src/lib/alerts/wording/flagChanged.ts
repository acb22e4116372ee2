import type { CardButton, CardField, Tone } from '../Card.js';
import { type BeforeAfter, beforeAfter, who, type Who } from './facts.js';
import { rollbackButton } from './rollbackButtons.js';
import { told, type Told } from './told.js';

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
  /** Flags that it concerns and that are on for somebody: each can be rolled back from here. */
  readonly isOn?: readonly string[];
}

/** So many flags get a button of their own; a change of more is no one feature's. */
const mostButtons = 4;
const undo: CardButton = { label: 'Undo', style: 'secondary', action: 'undo', args: ['{entry}'] };

/** The one notice to staff that every change of a flag, a cohort or a guild's entry sends. */
export function flagChanged(facts: FlagChangedFacts): Told {
  const { title, differences, by, reason, notes = [], tone = 'info', canUndo = true, isOn = [] } = facts;
  return told({
    tone,
    title,
    why: [],
    did: notes,
    todo: `${todos[tone]}${canUndo ? ' Undo takes it back.' : ''}`,
    fields: [
      ...(differences.length > 0 ? [{ name: 'Before → after', value: beforeAfter(differences) }] : []),
      ...signature(by, reason),
    ],
    buttons: [...(canUndo ? [undo] : []), ...rollbackButtons(isOn)],
  });
}

/** A kill is bad news, a change against a freeze is worth a look; any other was meant. */
const todos: Readonly<Record<Tone, string>> = {
  info: 'Nothing.',
  good: 'Nothing.',
  warn: 'Look whether it was meant.',
  bad: 'Look for what was wrong with it before it is turned on again.',
};

function rollbackButtons(isOn: readonly string[]): readonly CardButton[] {
  if (isOn.length > mostButtons) return [];
  const [only] = isOn;
  if (isOn.length === 1 && only !== undefined) return [rollbackButton(only)];
  return isOn.map((flag) => ({ ...rollbackButton(flag), label: `Roll back ${flag}` }));
}

/** Who did it and why, as every card of ours ends. */
export function signature(by: Who, reason: string | undefined): readonly CardField[] {
  return [
    { name: 'By', value: who(by), inline: true },
    { name: 'Reason', value: reason === undefined || reason === '' ? 'none given' : reason, inline: true },
  ];
}
