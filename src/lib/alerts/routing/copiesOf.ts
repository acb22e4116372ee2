import type { OutboxEntry } from '../../state/Store.js';
import type { Notice } from '../Card.js';
import type { RouteTarget } from './AlertSettings.js';

export interface Copy {
  /** The same for the same copy, always. */
  readonly key: string;
  readonly notice: Notice;
}

/**
 * The notice itself and one for each further target. All bear the reference of the first, so that people who read different
 * channels speak of the same; nobody is pinged twice, and buttons stand only where Discord draws them.
 */
export function copiesOf(
  entry: OutboxEntry,
  notice: Notice,
  targets: readonly RouteTarget[],
): readonly Copy[] {
  const { id, seq, commitId } = entry;
  const origin = { id, seq, commitId };
  const { kind, card, file, about } = notice;
  return [
    { key: '00', notice: { ...notice, origin } },
    ...targets.map((to, index) => ({
      key: String(index + 1).padStart(2, '0'),
      notice:
        typeof to === 'string'
          ? { kind, to, card, ...(file && { file }), ...(about && { about }), origin }
          : { kind, to, card, origin },
    })),
  ];
}
