/** Custom ids of our buttons: `rollouts:<action>:<arg>:<arg>…`, at most 100 characters. */

const prefix = 'rollouts';
const maxLength = 100;

/** Only what would break the format is encoded, so that ids stay short and readable. */
const encode = (arg: string): string => arg.replace(/[%:]/g, encodeURIComponent);

/** @throws RangeError where the id would be longer than Discord takes: the caller put something unbounded into it. */
export function customId(action: string, args: readonly string[]): string {
  const id = [prefix, action, ...args.map(encode)].join(':');
  if (id.length > maxLength)
    throw new RangeError(`Custom id of "${action}" has ${id.length} characters, ${maxLength} fit.`);
  return id;
}

export interface ParsedCustomId {
  readonly action: string;
  readonly args: readonly string[];
}

/** undefined: not one of ours, or mangled. */
export function parseCustomId(id: string): ParsedCustomId | undefined {
  const [start, action, ...args] = id.split(':');
  if (start !== prefix || !action) return undefined;
  return { action, args: args.map((arg) => arg.replaceAll('%3A', ':').replaceAll('%25', '%')) };
}
