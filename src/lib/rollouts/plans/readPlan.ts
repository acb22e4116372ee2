/** Reads one plan file; what is wrong is named by line, with what would be right. */
import { readYaml } from '../../yaml/readYaml.js';
import { layOut } from './layOut.js';
import type { Plan, PlanProblem } from './Plan.js';
import { planFile } from './schema.js';

export type ReadPlan =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly problems: readonly PlanProblem[] };

/**
 * @param file as people know it, for the problems
 * @param name the plan's, where the file gives none
 */
export function readPlan(text: string, file: string, name: string): ReadPlan {
  const read = readYaml(text, file, planFile);
  if (!read.ok) return read;
  const plan = layOut(read.value, name);
  const unsound = soundness(
    plan,
    read.value.rollout_strategy.phases.map(({ name: phase }) => phase),
  );
  return unsound.length === 0
    ? { ok: true, plan }
    : { ok: false, problems: unsound.map(({ path, message }) => read.problemAt(path, message)) };
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
