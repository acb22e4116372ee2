/** Which flags want tidying up, for the weekly notice. */
import type { Card } from '../alerts/Card.js';
import { digest as digestCard } from '../alerts/wording/digest.js';
import { isReleased } from './betaRights.js';
import type { FlagDocument } from './documents.js';
import type { World } from './world.js';

const monthMs = 30 * 86_400_000;

/** @param now domain time. Null where there is nothing to say. */
export function digestOf(
  world: World,
  lastUsed: (flag: string) => number | undefined,
  now: number,
): Card | null {
  const flags = [...world.flags.values()]
    .filter(({ archived }) => archived === null)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return digestCard({
    expired: flags.flatMap(({ key, owner, expiresAt }) =>
      expiresAt !== null && expiresAt <= now ? [{ flag: key, owner, expiredAt: expiresAt }] : [],
    ),
    settled: flags.flatMap((flag) => {
      const percent = settledAt(flag);
      return percent === undefined || flag.servedSince > now - monthMs
        ? []
        : [{ flag: flag.key, percent, since: flag.servedSince }];
    }),
    unused: flags.flatMap(({ key, created }) => {
      const lastUsedAt = lastUsed(key);
      return created.at > now - monthMs || (lastUsedAt ?? 0) > now - monthMs
        ? []
        : [{ flag: key, lastUsedAt }];
    }),
  });
}

function settledAt(flag: FlagDocument): 0 | 100 | undefined {
  if (isReleased(flag) && flag.killed === null) return 100;
  return !flag.enabled || flag.killed !== null || flag.basisPoints === 0 ? 0 : undefined;
}
