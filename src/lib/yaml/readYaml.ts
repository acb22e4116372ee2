/** Reads one YAML file by a schema; what is wrong is named by line, with what would be right. */
import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';

/** Where a file is wrong and what would be right. Lines and columns count from 1. */
export interface FileProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type ReadYaml<Value> =
  | {
      readonly ok: true;
      readonly value: Value;
      /** For what only the file as a whole can be wrong in: the problem, at the line of that value. */
      problemAt(path: readonly PropertyKey[], message: string): FileProblem;
    }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** Enough to mend a file in one go, and to read at a glance. */
const mostProblems = 10;

/** @param file as people know it, for the problems */
export function readYaml<Schema extends z.ZodType>(
  text: string,
  file: string,
  schema: Schema,
): ReadYaml<z.output<Schema>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number, message: string): FileProblem => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col), message };
  };
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => at(pos[0], `this is no YAML: ${message}`));
    return { ok: false, problems: problems.slice(0, mostProblems) };
  }
  const written = valueOf(document);
  if ('why' in written) return { ok: false, problems: [at(0, `this is no YAML: ${written.why}`)] };
  const read = schema.safeParse(written.value, { reportInput: true });
  if (!read.success) {
    const problems = read.error.issues
      .flatMap(leavesOf)
      .map((issue) => at(offsetOf(document, issue.path), wording(issue)));
    return { ok: false, problems: problems.slice(0, mostProblems) };
  }
  return {
    ok: true,
    value: read.data,
    problemAt: (path, message) => at(offsetOf(document, path), message),
  };
}

/** Aliases are followed a few times only: a file of ten lines must not become one of ten million. */
function valueOf(document: Document): { readonly value: unknown } | { readonly why: string } {
  try {
    return { value: document.toJS({ maxAliasCount: 50 }) };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    return { why: error.message };
  }
}

type Issue = {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
};

/** Of a union that fits in none of its ways, the way that comes nearest says most. */
function leavesOf(issue: z.core.$ZodIssue): readonly Issue[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: `there is no setting "${key}" here`,
    }));
  }
  if (issue.code !== 'invalid_union') return [isMissing(issue) ? missing(issue) : issue];
  const deepest = [...issue.errors].sort((a, b) => depth(b) - depth(a))[0]?.[0];
  if (deepest === undefined || (deepest.path.length === 0 && issue.message !== 'Invalid input'))
    return [issue];
  return leavesOf({ ...deepest, path: [...issue.path, ...deepest.path] });
}

function isMissing(issue: z.core.$ZodIssue): boolean {
  return issue.path.length > 0 && 'input' in issue && issue.input === undefined;
}

function missing({ path, message }: Issue): Issue {
  const expected = message.startsWith('expected') ? `; ${message}` : '';
  return { path, message: `"${String(path.at(-1))}" is missing here${expected}` };
}

/** How far into the value a way got; a way that found the right type but a wrong value got further than one of another type. */
function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length + (issue.code === 'invalid_type' ? 0 : 0.5)));
}

function wording({ message }: Issue): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}

/** Where the value stands, or the nearest that contains it. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const within = path.slice(0, length);
    const key = within.at(-1);
    const parent = within.length === 1 ? document.contents : document.getIn(within.slice(0, -1), true);
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
      if (pair !== undefined && isScalar(pair.key) && pair.key.range) {
        const { value } = pair;
        return isScalar(value) && value.range ? value.range[0] : pair.key.range[0];
      }
    }
    const node: unknown = document.getIn(within, true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return isNode(document.contents) ? (document.contents.range?.[0] ?? 0) : 0;
}
