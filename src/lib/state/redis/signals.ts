/** What the messages on a prefix's channel say: `lease <name>` and `commit <seq>`, with the commit itself where it is small. */
import type { PushedCommit, Signal } from '../Engine.js';
import { namespaces, type Namespace } from '../Store.js';

/** The line behind `commit <seq>`, as `commit.lua` writes it. */
interface Named {
  readonly database: number;
  readonly id: string;
  readonly prev: string;
  readonly at: number;
  readonly lineage: string;
  readonly keys: readonly (readonly [Namespace, string])[];
}

/**
 * Undefined where it is another database's, since a server's channels are common to all of them. Never throws: of a message that
 * is not understood nothing is taken, and whoever follows reads what happened.
 */
export function signalOf(message: string, database: number): Signal | undefined {
  if (message.startsWith('lease ')) return { is: 'lease', name: message.slice(6) };
  const pushed = pushedIn(message);
  if (pushed === undefined) return { is: 'moved' };
  return pushed.database === database ? { is: 'moved', commit: pushed.commit } : undefined;
}

function pushedIn(message: string): { readonly database: number; readonly commit: PushedCommit } | undefined {
  // JSON has no line breaks outside of its strings, and none unescaped in them.
  const [first = '', line, ...raws] = message.split('\n');
  const seq = Number(/^commit (\d+)$/.exec(first)?.[1]);
  if (line === undefined || !Number.isSafeInteger(seq)) return undefined;
  const named = parse(line);
  if (named?.keys.length !== raws.length) return undefined;
  const { database, id, prev, at, lineage, keys } = named;
  if (!keys.every(([ns]) => namespaces.includes(ns))) return undefined;
  const documents = raws.flatMap((raw, index) => {
    const name = keys[index];
    return name === undefined ? [] : [{ ns: name[0], key: name[1], raw: raw === '' ? null : raw }];
  });
  const entry = { seq, id, prev, at, keys };
  return { database, commit: { head: { seq, id, at, lineage }, entries: [entry], documents } };
}

function parse(line: string): Named | undefined {
  try {
    return JSON.parse(line) as Named;
  } catch {
    return undefined;
  }
}
