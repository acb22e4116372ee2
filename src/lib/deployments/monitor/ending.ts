import type { DeploymentDocument } from '../documents.js';

export interface Ending {
  readonly tone: 'good' | 'warn' | 'bad';
  /** For people: what was found, and what is not well, or not known, now. */
  readonly why: string;
}

/** What the hour came to. What was not measured is said, never counted as well. */
export function endingOf(document: DeploymentDocument, forMs: number): Ending {
  const { tone, why, open } = concluded(document, forMs);
  return { tone, why: [why, ...open].join(' ') };
}

function concluded(
  { monitor }: DeploymentDocument,
  forMs: number,
): Ending & { readonly open: readonly string[] } {
  const minutes = Math.round(forMs / 60_000);
  const readings = monitor?.readings ?? [];
  const breaches = monitor?.breaches ?? [];
  const open = readings.filter(({ verdict }) => verdict !== 'healthy').map(({ sentence }) => sentence);
  const isBad = readings.some(({ verdict }) => verdict === 'breach');
  if (breaches.length > 0) {
    const found = breaches.length === 1 ? 'One breach was' : `${breaches.length} breaches were`;
    const now = isBad ? 'It is not well now' : 'None lasts';
    return { tone: isBad ? 'bad' : 'warn', why: `${found} found in ${minutes} minutes. ${now}.`, open };
  }
  if (readings.some(({ verdict }) => verdict === 'worse')) {
    return { tone: 'warn', why: `No breach in ${minutes} minutes, and not all is well at its end.`, open };
  }
  if (open.length > 0) {
    const known = readings.length - open.length;
    return {
      tone: 'warn',
      why: `No breach in ${minutes} minutes; ${known} of ${readings.length} checks are known.`,
      open,
    };
  }
  return { tone: 'good', why: `All ${readings.length} checks are healthy after ${minutes} minutes.`, open };
}
