import type { DeploymentDocument, DeploymentOrigin } from '../documents.js';

/** Does the sender speak of what has been taken in, and gone on since? Events may come late, twice and in any order. */
export function isOldNews(
  known: Pick<DeploymentDocument, 'version' | 'origin'>,
  version: string,
  origin: DeploymentOrigin | undefined,
): boolean {
  if (origin === undefined || known.origin === null || known.version !== version) return false;
  if (origin.ref !== null || known.origin.ref !== null) return origin.ref === known.origin.ref;
  return origin.at <= known.origin.at;
}
