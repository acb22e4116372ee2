import { isDeepStrictEqual } from 'node:util';
import { breather } from '../../state/breather.js';
import { namespaces, type DocumentBody, type Namespace } from '../../state/Store.js';
import type { Comparison, KindComparison, Side } from './Comparison.js';
import { mostLines } from './Comparison.js';
import { GuildCounts } from './GuildCounts.js';
import { differenceInWords } from './inWords.js';

/** How many documents are looked at before others have their turn. */
const atOnce = 100;

/** What would be different if `from` became `to`. Large states are compared in slices. */
export async function compare(from: Side, to: Side): Promise<Comparison> {
  const kinds: KindComparison[] = [];
  for (const ns of namespaces) {
    const kind = await compareKind(ns, from, to);
    if (kind.added + kind.removed + kind.changed > 0) kinds.push(kind);
  }
  return { from: sideOf(from), to: sideOf(to), kinds };
}

function sideOf({ name, seq }: Side): Pick<Side, 'name' | 'seq'> {
  return { name, seq };
}

async function compareKind(ns: Namespace, from: Side, to: Side): Promise<KindComparison> {
  const [before, after] = [from.documents(ns), to.documents(ns)];
  const counts = { added: 0, removed: 0, changed: 0 };
  const guilds = new GuildCounts();
  const lines: string[] = [];
  let worded = 0;
  const pause = breather();
  let looked = 0;
  for (const key of new Set([...before.keys(), ...after.keys()])) {
    looked += 1;
    if (looked % atOnce === 0) await pause();
    const [was, is] = [before.get(key), after.get(key)];
    if (ns === 'guilds') guilds.note(was, is);
    if (isSame(was, is)) continue;
    counts[was === undefined ? 'added' : is === undefined ? 'removed' : 'changed'] += 1;
    if (ns !== 'guilds' && worded < mostLines) {
      const line = differenceInWords(ns, key, was, is);
      // What goes with a rollout, say its evidence, needs no line of its own.
      if (line !== undefined) worded = lines.push(line);
    }
  }
  const told = ns === 'guilds' ? guilds.lines(mostLines) : lines;
  const differences = counts.added + counts.removed + counts.changed;
  const more = ns === 'guilds' ? 0 : differences - told.length;
  return { ns, before: before.size, after: after.size, ...counts, lines: told, more };
}

/** The same content; which commit wrote it does not count. */
export function isSame(was: DocumentBody | undefined, is: DocumentBody | undefined): boolean {
  if (was === undefined || is === undefined) return was === is;
  return isDeepStrictEqual(withoutVersion(was), withoutVersion(is));
}

function withoutVersion(document: DocumentBody): DocumentBody {
  const { v: _version, ...body } = document;
  return body;
}
