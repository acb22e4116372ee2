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

/** Never throws: of a message that is not understood nothing is taken, and whoever follows reads what happened. */
export function signalOf(message: string, database: number): Signal {
  if (message.startsWith('lease ')) return { is: 'lease', name: message.slice(6) };
  const commit = pushed(message, database);
  return commit === undefined ? { is: 'moved' } : { is: 'moved', commit };
}

function pushed(message: string, database: number): PushedCommit | undefined {
  // JSON has no line breaks outside of its strings, and none unescaped in them.
  const [first = '', line, ...raws] = message.split('\n');
  const seq = Number(/^commit (\d+)$/.exec(first)?.[1]);
  if (line === undefined || !Number.isSafeInteger(seq)) return undefined;
  const named = parse(line);
  if (named?.database !== database || named.keys.length !== raws.length) return undefined;
  const { id, prev, at, lineage, keys } = named;
  if (!keys.every(([ns]) => namespaces.includes(ns))) return undefined;
  const documents = raws.flatMap((raw, index) => {
    const name = keys[index];
    return name === undefined ? [] : [{ ns: name[0], key: name[1], raw: raw === '' ? null : raw }];
  });
  return { head: { seq, id, at, lineage }, entries: [{ seq, id, prev, at, keys }], documents };
}

function parse(line: string): Named | undefined {
  try {
    return JSON.parse(line) as Named;
  } catch {
    return undefined;
  }
}
