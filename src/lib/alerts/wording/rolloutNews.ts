/** What every notice of a rollout has: where it stands, who did it, and buttons that hold for that moment. */
import type { CardButton, Text, Tone } from '../Card.js';
import { signed, type Who } from './facts.js';
import { told, type Told } from './told.js';

export interface RolloutNews {
  readonly id: string;
  /** What its buttons hold for. */
  readonly revision: number;
  readonly flag: string;
  readonly plan: string;
  /** The step that is served or meant: `beta_guilds`. */
  readonly step: string;
  readonly by: Who;
  readonly reason?: string | undefined;
  /** What led to it, one sentence each. */
  readonly sentences?: readonly string[];
}

const buttons = {
  pause: { label: 'Pause', style: 'primary' },
  resume: { label: 'Resume', style: 'success' },
  advance: { label: 'Advance', style: 'secondary' },
  rollback: { label: 'Roll back', style: 'danger' },
  approve: { label: 'Approve', style: 'success' },
  decline: { label: 'Decline', style: 'danger' },
  cancel: { label: 'Cancel the rollout', style: 'secondary' },
  why: { label: 'Why?', style: 'secondary' },
} as const;

export const because = ({ sentences = [] }: RolloutNews): { readonly why: readonly Text[] } => ({
  why: sentences,
});

interface Said {
  readonly why?: readonly Text[];
  readonly did?: readonly Text[];
  readonly todo: Text;
  readonly offered?: readonly (keyof typeof buttons)[];
}

export function rolloutCard(
  { id, revision, plan, step, by, reason }: RolloutNews,
  tone: Tone,
  title: string,
  { why = [], did = [], todo, offered = [] }: Said,
): Told {
  return told({
    ...{ tone, title, why, did, todo },
    fields: [
      { name: 'Plan', value: plan, inline: true },
      { name: 'Step', value: step, inline: true },
      ...signed(by, reason),
    ],
    buttons: offered.map((name): CardButton => ({
      ...buttons[name],
      action: `rollout-${name}`,
      args: [id, String(revision)],
    })),
  });
}
