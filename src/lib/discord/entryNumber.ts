/** Entries of the audit as people see and quote them: `#128`, or `#128-7F3K` from the foot of a notice. */
import { RolloutError } from '../core/RolloutError.js';

export class BadEntryNumber extends RolloutError {
  public readonly code = 'BAD_ENTRY';
}

/** `128-0` -> `#128`; `128-2` -> `#128.2`. */
export function showEntry(id: string): string {
  const [seq, index] = id.split('-');
  return index === undefined || index === '0' ? `#${seq}` : `#${seq}.${index}`;
}

/** `#128`, `128`, `128-0`, `#128.2`, `#128-7F3K` -> the entry's id. Throws {@link BadEntryNumber}. */
export function parseEntry(typed: string): string {
  const match = /^#?(\d{1,15})(?:[.-](\d{1,3}))?(?:-[0-9A-Z]{4})?$/i.exec(typed.trim());
  if (match === null)
    throw new BadEntryNumber(`"${typed.trim()}" is no number of an entry.`, {
      next: 'Give the number that /feature history shows, such as #128.',
    });
  return `${match[1]}-${match[2] ?? '0'}`;
}
