/** What stands in the input: ordinary text, or a command with its fields. Immutable. */
import type { Draft } from '../slash/draft.js';

/** The field behind the options, where further options are named. */
export const moreField = ' more';
/** The one field of ordinary text. */
export const textField = ' text';

export interface Typing {
  readonly text: string;
  /** What stands behind the open options. */
  readonly more: string;
  readonly draft: Draft | undefined;
  /** The active suggestion, -1 for none. */
  readonly active: number;
  /** The list of suggestions is wanted. */
  readonly isOpen: boolean;
  /** The option that is wrong or missing. */
  readonly wrong: string | undefined;
}

export const empty: Typing = {
  text: '',
  more: '',
  draft: undefined,
  active: -1,
  isOpen: false,
  wrong: undefined,
};

/** @param field an option's name, or one of the two above */
export function textAt(field: string, { text, more, draft }: Typing): string {
  if (field === textField) return text;
  if (field === moreField) return more;
  return draft?.fields.find(({ option }) => option.name === field)?.text ?? '';
}
