/** How every rollback's first notice begins: the words that everybody knows, and no longer than a phone shows. */

/** Characters of a reason that still fit beside them. */
const longestReason = 60;

export interface Initiated {
  readonly title: string;
  /** The reason, where the title has no room for it. */
  readonly why: readonly string[];
}

/** @param what is said in the title where the reason is too long for it: a flag's key, or `Everything` */
export function initiated(what: string, reason: string, word = 'ROLLBACK INITIATED'): Initiated {
  const short = reason.trim().replace(/\.$/, '');
  if (short.length > 0 && short.length <= longestReason && !short.includes('\n'))
    return { title: `${word}: ${short}`, why: [] };
  return {
    title: `${word}: ${what}`,
    why: short === '' ? [] : [/[.!?]$/.test(reason) ? reason : `${short}.`],
  };
}
