/**
 * Interactions that nobody made: the bot asks itself. They run through the same code as any other, so that whoever counts,
 * measures or answers people can tell them apart here.
 */
import type { RolloutError } from '../../core/RolloutError.js';

/** What became of a synthetic interaction beside its answers. */
export interface SyntheticNotes {
  /** Why it was refused, where the refusal was an ordinary answer. */
  refusal: RolloutError | undefined;
}

const notes = new WeakMap<object, SyntheticNotes>();

/** Marks it for its lifetime. */
export function markSynthetic(interaction: object): SyntheticNotes {
  const made: SyntheticNotes = { refusal: undefined };
  notes.set(interaction, made);
  return made;
}

export function isSynthetic(subject: object): boolean {
  return notes.has(subject);
}

/** Nothing where a person made it. */
export function noteRefusal(interaction: object, error: RolloutError): void {
  const known = notes.get(interaction);
  if (known !== undefined) known.refusal = error;
}
