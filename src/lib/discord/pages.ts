/** Long lists in pages whose buttons carry all that is needed to draw the next one: they work after a restart, too. */
import type { CardButton } from '../alerts/Card.js';

export interface Page<T> {
  readonly items: readonly T[];
  /** From 0; a page beyond the last shows the last, since lists shrink. */
  readonly number: number;
  readonly count: number;
}

export function pageOf<T>(all: readonly T[], wanted: number, size: number): Page<T> {
  const count = Math.max(1, Math.ceil(all.length / size));
  const number = Math.min(Math.max(0, Number.isInteger(wanted) ? wanted : 0), count - 1);
  return { items: all.slice(number * size, (number + 1) * size), number, count };
}

/** The page's number comes first in the button's arguments, then `args`. The word keeps the two ids apart. */
export function pageButtons(
  page: Page<unknown>,
  action: string,
  args: readonly string[],
): readonly CardButton[] {
  const to = (label: string, number: number): CardButton => ({
    label,
    style: 'secondary',
    action,
    args: [String(number), ...args],
  });
  return [
    ...(page.number > 0 ? [to('Previous', page.number - 1)] : []),
    ...(page.number + 1 < page.count ? [to('Next', page.number + 1)] : []),
  ];
}

export function pageTitle(title: string, page: Page<unknown>): string {
  return page.count === 1 ? title : `${title}, page ${page.number + 1} of ${page.count}`;
}
