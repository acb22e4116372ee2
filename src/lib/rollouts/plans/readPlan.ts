/** Reads one plan file; what is wrong is named by line, with what would be right. */
import { isMap, isNode, isPair, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { layOut } from './layOut.js';
import type { Plan, PlanProblem } from './Plan.js';
import { planFile } from './schema.js';

export type ReadPlan =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly problems: readonly PlanProblem[] };

/** Enough to mend a file in one go, and to read at a glance. */
const mostProblems = 10;

/**
 * @param file as people know it, for the problems
 * @param name the plan's, where the file gives none
 */
export function readPlan(text: string, file: string, name: string): ReadPlan {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number, message: string): PlanProblem => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col), message };
  };
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ pos, message }) => at(pos[0], `this is no YAML: ${message}`));
    return { ok: false, problems: problems.slice(0, mostProblems) };
  }
  // Aliases are followed a few times only: a file of ten lines must not become one of ten million.
  const value: unknown = document.toJS({ maxAliasCount: 50 });
  const read = planFile.safeParse(value);
  if (!read.success) {
    const problems = read.error.issues
      .flatMap(leavesOf)
      .map((issue) => at(offsetOf(document, issue), wording(issue)));
    return { ok: false, problems: problems.slice(0, mostProblems) };
  }
  const plan = layOut(read.data, name);
  const unsound = soundness(
    plan,
    read.data.rollout_strategy.phases.map(({ name: phase }) => phase),
  );
  return unsound.length === 0
    ? { ok: true, plan }
    : { ok: false, problems: unsound.map(({ path, message }) => at(offsetOf(document, { path }), message)) };
}

/** What each value may be, and the file as a whole is still no plan. */
function soundness(
  { steps, guards, prometheus }: Plan,
  phaseNames: readonly string[],
): { path: PropertyKey[]; message: string }[] {
  const phases = ['rollout_strategy', 'phases'];
  const phaseOf = (name: string): PropertyKey[] => {
    const phase = steps.findLast((step) => step.name === name)?.phase ?? '';
    return [...phases, Math.max(0, phaseNames.lastIndexOf(phase))];
  };
  const problems: { path: PropertyKey[]; message: string }[] = [];
  const names = steps.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    problems.push({
      path: phaseOf(twice),
      message: `two phases are called ${twice}; expected a name of its own for each`,
    });
  const falling = steps.find(({ basisPoints }, index) => basisPoints < (steps[index - 1]?.basisPoints ?? 0));
  if (falling !== undefined) {
    problems.push({
      path: phaseOf(falling.name),
      message: `${falling.name} serves fewer guilds than the phase before; expected percentages that never fall`,
    });
  }
  const idle = steps.find(({ basisPoints, targetGuilds }) => basisPoints === 0 && targetGuilds.length === 0);
  if (idle !== undefined) {
    problems.push({
      path: phaseOf(idle.name),
      message: `${idle.name} serves nobody; expected a percentage above 0 or target_guilds`,
    });
  }
  const ids = guards.map(({ metric, margin }) => `${metric}@${margin}`);
  const same = ids.find((id, index) => ids.indexOf(id) !== index);
  if (same !== undefined) {
    problems.push({
      path: ['rollout_strategy', 'guards'],
      message: `two guards watch ${same}; expected different margins`,
    });
  }
  const metrics = [
    'errors',
    'latency',
    'satisfaction',
    ...(prometheus?.metrics ?? []).map(({ name }) => name),
  ];
  const again = metrics.find((name, index) => metrics.indexOf(name) !== index);
  if (again !== undefined) {
    problems.push({
      path: ['rollout_strategy', 'prometheus', 'metrics'],
      message: `there is another metric called ${again}; expected a name of its own`,
    });
  }
  return problems;
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
  if (issue.code !== 'invalid_union') return [issue];
  const deepest = [...issue.errors].sort((a, b) => depth(b) - depth(a))[0]?.[0];
  if (deepest === undefined || (deepest.path.length === 0 && issue.message !== 'Invalid input'))
    return [issue];
  return leavesOf({ ...deepest, path: [...issue.path, ...deepest.path] });
}

/** How far into the value a way got; a way that found the right type but a wrong value got further than one of another type. */
function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length + (issue.code === 'invalid_type' ? 0 : 0.5)));
}

function wording({ message }: Issue): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}

/** Where the value stands, or the nearest that contains it. */
function offsetOf(document: Document, { path }: Pick<Issue, 'path'>): number {
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
