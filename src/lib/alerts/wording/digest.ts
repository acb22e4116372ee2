import { count } from '../../core/count.js';
import type { Text } from '../Card.js';
import { lines } from './facts.js';
import { told, type Told } from './told.js';

/** Flags that want someone's attention. Times are domain time, ms since epoch. */
export interface DigestFacts {
  readonly expired: readonly {
    readonly flag: string;
    readonly owner: string | null;
    readonly expiredAt: number;
  }[];
  /** At 0 or 100 % for 30 days. */
  readonly settled: readonly { readonly flag: string; readonly percent: 0 | 100; readonly since: number }[];
  /** Not asked about for 30 days; `lastUsedAt` undefined = never. */
  readonly unused: readonly { readonly flag: string; readonly lastUsedAt: number | undefined }[];
}

/** The weekly notice to staff; null where there is nothing to say. */
export function digest({ expired, settled, unused }: DigestFacts): Told | null {
  const parts = [
    part(
      'Past their expiry',
      expired.map(({ flag, owner, expiredAt }) => [
        { code: flag },
        ' expired ',
        { time: expiredAt, style: 'R' },
        owner === null ? ', without an owner' : `, owned by ${owner}`,
      ]),
    ),
    part(
      'Settled for 30 days',
      settled.map(({ flag, percent, since }) => [
        { code: flag },
        ` at ${percent} % since `,
        { time: since, style: 'D' },
      ]),
    ),
    part(
      'Unused for 30 days',
      unused.map(({ flag, lastUsedAt }) => [
        { code: flag },
        ...(lastUsedAt === undefined
          ? [' was never asked about']
          : [' was last asked about ', { time: lastUsedAt, style: 'R' } as const]),
      ]),
    ),
  ].filter((field) => field !== undefined);
  if (parts.length === 0) return null;
  const flags = new Set([...expired, ...settled, ...unused].map(({ flag }) => flag));
  return told({
    tone: 'info',
    title: `Weekly look at the flags: ${count(flags.size, 'flag')} could be tidied up`,
    why: ['They are past their expiry, settled, or not asked about any more.'],
    did: [],
    todo: [
      'Remove what the code no longer needs, then ',
      { code: '/feature archive' },
      ' it; or give it a new date with ',
      { code: '/feature edit' },
      '.',
    ],
    fields: parts,
  });
}

function part(
  name: string,
  rows: readonly Text[],
): { readonly name: string; readonly value: Text } | undefined {
  return rows.length === 0 ? undefined : { name: `${name} (${rows.length})`, value: lines(rows) };
}
