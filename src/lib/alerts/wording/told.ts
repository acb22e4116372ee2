/** The one layout of every notice: what happened, why, what the system did, and what a person should do. */
import type { Card, CardButton, CardField, Text, Tone } from '../Card.js';
import { lines } from './facts.js';

/** A card that says what to do; only {@link told} makes one. */
export interface Told extends Card {
  readonly todo: Text;
}

export interface Parts {
  readonly tone: Tone;
  /** What happened: one short line without a full stop. */
  readonly title: string;
  /** What led to it, whole sentences, a line each; empty where the title or a field says it. */
  readonly why: readonly Text[];
  /** What the system did, and what holds now; empty where the title or a field says it. */
  readonly did: readonly Text[];
  /** What a person should do; where there is nothing, it says so. */
  readonly todo: Text;
  /** The facts: where, what, by whom, with which reason. */
  readonly fields?: readonly CardField[];
  readonly buttons?: readonly CardButton[];
}

export function told({ tone, title, why, did, todo, fields = [], buttons = [] }: Parts): Told {
  const said = [...why, ...did].filter((line) => line.length > 0);
  return {
    tone,
    title,
    ...(said.length > 0 && { body: lines(said) }),
    todo,
    ...(fields.length > 0 && { fields }),
    ...(buttons.length > 0 && { buttons }),
  };
}
