/** Guilds are too many for a line each: what differs is added up by flag. */
import { count } from '../../core/count.js';
import type { DocumentBody } from '../../state/Store.js';

/** What a guild can have of its own for a flag, in the order in which it is told. */
const parts = ['allowed', 'denied', 'joined', 'kept off'] as const;
type Part = (typeof parts)[number];

export class GuildCounts {
  private readonly byFlag = new Map<string, Map<Part, { before: number; after: number }>>();

  public note(was: DocumentBody | undefined, is: DocumentBody | undefined): void {
    this.add(was, 'before');
    this.add(is, 'after');
  }

  /** `new_greeting: 12 guilds allowed → 3`; sorted by flag. */
  public lines(most: number): readonly string[] {
    const all = [...this.byFlag]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([flag, counts]) =>
        parts.flatMap((part) => {
          const { before, after } = counts.get(part) ?? { before: 0, after: 0 };
          return before === after ? [] : [`${flag}: ${count(before, 'guild')} ${part} → ${after}`];
        }),
      );
    return all.length > most ? [...all.slice(0, most - 1), `… and ${all.length - most + 1} more`] : all;
  }

  private add(document: DocumentBody | undefined, side: 'before' | 'after'): void {
    for (const [flag, entry] of members(document?.['entries'])) {
      const has = members(entry).map(([name]) => name);
      const override = members(entry).find(([name]) => name === 'override')?.[1];
      const is = members(override).find(([name]) => name === 'is')?.[1];
      if (is === 'allow') this.one(flag, 'allowed', side);
      if (is === 'deny') this.one(flag, 'denied', side);
      if (has.includes('joined')) this.one(flag, 'joined', side);
      if (has.includes('keepOff')) this.one(flag, 'kept off', side);
    }
  }

  private one(flag: string, part: Part, side: 'before' | 'after'): void {
    const counts = this.byFlag.get(flag) ?? new Map<Part, { before: number; after: number }>();
    const both = counts.get(part) ?? { before: 0, after: 0 };
    both[side] += 1;
    counts.set(part, both);
    this.byFlag.set(flag, counts);
  }
}

/** Nothing where it is no record: a snapshot may hold what an older or newer version wrote. */
function members(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
