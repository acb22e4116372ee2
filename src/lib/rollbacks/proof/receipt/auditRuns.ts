/** The part of the audit that a receipt carries: every entry that speaks of the rollback, and what links them. */
import type { Json } from '../../../core/Json.js';
import { sealOf } from '../../../state/audit/chain.js';
import type { AuditEntry, AuditHead, AuditTrail } from '../../../state/Store.js';
import type { ReceiptEntry, Receipt } from './Receipt.js';

type Runs = Receipt['audit']['runs'];

/** Entries a step, and in all: no rollback is so long that more belong to it. */
const page = 200;
const furthest = 5_000;
/** Up to so many entries of others in between are carried along, so that the chain is whole up to its head. */
const mostCarried = 300;
/** The machine's clock and the store's may differ, ms. */
const skewMs = 10 * 60_000;

/**
 * An entry speaks of a rollback where its body holds the rollback's id as a text, or where it is of one commit with such an
 * entry.
 *
 * @param since real time of the press, ms since epoch
 */
export async function auditRuns(
  audit: Pick<AuditTrail, 'read'>,
  head: AuditHead,
  { id, since }: { readonly id: string; readonly since: number },
): Promise<Runs> {
  if (head.count === 0) return [];
  const sealed = await sealedSince(audit, head, since - skewMs);
  const commits = new Set(
    sealed.entries.filter(({ body }) => holds(body, id)).map(({ commitId }) => commitId),
  );
  const isAbout = ({ commitId }: ReceiptEntry): boolean => commits.has(commitId);
  const first = sealed.entries.findIndex(isAbout);
  if (first === -1) return [];
  const whole = sealed.entries.slice(first);
  if (whole.length <= mostCarried + whole.filter(isAbout).length)
    return [{ before: sealed.entries[first - 1]?.seal ?? sealed.before, entries: whole }];
  return runsOf(sealed.entries, isAbout, sealed.before);
}

/** Oldest first, with the seal before the oldest. */
async function sealedSince(
  audit: Pick<AuditTrail, 'read'>,
  head: AuditHead,
  since: number,
): Promise<{ readonly before: string; readonly entries: readonly ReceiptEntry[] }> {
  const found: ReceiptEntry[] = [];
  let before: string | undefined;
  for (;;) {
    const entries: readonly AuditEntry[] = await audit.read({
      limit: page,
      ...(before !== undefined && { before }),
    });
    for (const entry of entries) {
      // What came after the head is sealed later.
      const isKnown = found.length > 0 || entry.id === head.id;
      if (!isKnown || entry.seal === undefined) continue;
      if (entry.at < since || found.length >= furthest)
        return { before: entry.seal, entries: found.reverse() };
      found.push({ ...entry, seal: entry.seal });
    }
    if (entries.length < page) return { before: '', entries: found.reverse() };
    before = entries.at(-1)?.id;
  }
}

function runsOf(
  entries: readonly ReceiptEntry[],
  isAbout: (entry: ReceiptEntry) => boolean,
  before: string,
): Runs {
  const runs: { before: string; entries: ReceiptEntry[] }[] = [];
  let open: { before: string; entries: ReceiptEntry[] } | undefined;
  let last = before;
  for (const entry of entries) {
    if (isAbout(entry)) {
      if (open === undefined) runs.push((open = { before: last, entries: [] }));
      open.entries.push(entry);
    } else open = undefined;
    last = entry.seal;
  }
  return runs;
}

/** Whether the text stands anywhere in the value. */
export function holds(value: Json, text: string): boolean {
  if (typeof value === 'string') return value === text;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((inner: Json) => holds(inner, text));
}

/** The first entry whose seal is none, or undefined where the run is whole. */
export function brokenAt({ before, entries }: Runs[number]): ReceiptEntry | undefined {
  let seal = before;
  for (const entry of entries) {
    seal = sealOf(seal, entry);
    if (seal !== entry.seal) return entry;
  }
  return undefined;
}
