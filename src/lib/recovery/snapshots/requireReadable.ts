import { BadSnapshot } from '../../state/errors.js';
import type { SnapshotFolder, TakenSnapshot } from './SnapshotFolder.js';

/**
 * A snapshot that cannot be read back is none.
 *
 * @throws {BadSnapshot}
 */
export async function requireReadable(
  folder: Pick<SnapshotFolder, 'check'>,
  taken: TakenSnapshot,
): Promise<TakenSnapshot> {
  const check = await folder.check(taken.name);
  if (check.ok) return taken;
  throw new BadSnapshot(`The snapshot ${taken.name} was written, but cannot be read back: ${check.problem}`, {
    next: 'Nothing was changed. Check the disk, and take it again.',
  });
}
