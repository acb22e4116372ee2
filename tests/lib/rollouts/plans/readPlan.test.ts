import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { builtInPlan } from '../../../../src/lib/rollouts/plans/builtIn.js';
import { PlanShelf } from '../../../../src/lib/rollouts/plans/PlanShelf.js';
import { readPlan } from '../../../../src/lib/rollouts/plans/readPlan.js';

const hourMs = 3_600_000;

function problemsOf(yaml: string): readonly string[] {
  const read = readPlan(yaml, 'plan.yaml', 'plan');
  return read.ok ? [] : read.problems.map(({ line, message }) => `${line}: ${message}`);
}

describe('the built-in plan', () => {
  it('is laid out in seven steps of 14 days in all', () => {
    const { steps, guards, limits } = builtInPlan();
    expect(steps.map(({ basisPoints, durationMs }) => [basisPoints / 100, durationMs / hourMs])).toEqual([
      [0, 24],
      [5, 72],
      [10, 48],
      [25, 48],
      [50, 48],
      [75, 48],
      [100, 48],
    ]);
    expect(steps.reduce((sum, { durationMs }) => sum + durationMs, 0)).toBe(14 * 24 * hourMs);
    expect(guards).toContainEqual({ metric: 'errors', margin: 1.2, alpha: 0.006, action: 'rollback' });
    expect(guards).toContainEqual({ metric: 'latency', margin: 1.5, alpha: 0.004, action: 'rollback' });
    expect(limits.reports).toEqual({ maxReporters: 5, action: 'rollback' });
  });

  it('slowness only pauses where no trigger names it', () => {
    const read = readPlan(
      'rollout_strategy: { phases: [{ name: a, percentage: 100, duration: 1h }] }',
      'f',
      'f',
    );
    expect(read.ok && read.plan.guards).toContainEqual({
      metric: 'latency',
      margin: 1.5,
      alpha: 0.004,
      action: 'pause',
    });
    expect(read.ok && read.plan.limits.reports.action).toBe('pause');
  });
});

describe('a plan that is wrong', () => {
  it.each([
    ['a percentage above 100', '150', '4: a percentage of guilds lies between 0 and 100'],
    ['a share that no guild can have', '0.001', '4: a percentage of guilds goes in steps of 0.01'],
    ['a word', 'lots', '4: expected a percentage, for example 20%'],
    [
      'percentages that fall',
      '[50, 10]',
      '3: some 10 % serves fewer guilds than the phase before; expected percentages that never fall',
    ],
    ['nobody at all', '0', '3: some serves nobody; expected a percentage above 0 or target_guilds'],
  ])('%s is named by its line, with what is expected', (_, percentage, problem) => {
    const yaml = `rollout_strategy:\n  phases:\n    - name: some\n      percentage: ${percentage}\n      duration: 24h\n`;
    expect(problemsOf(yaml)).toEqual([problem]);
  });

  it('names a setting that there is not, a duration without a unit, and what is no YAML', () => {
    const phase = '    - { name: a, percentage: 5, duration: 24 }\n';
    expect(problemsOf(`rollout_strategy:\n  phases:\n${phase}`)).toEqual([
      '3: expected a duration such as 90m, 24h, 3d or 2w',
    ]);
    const known = '    - { name: a, percentage: 5, duration: 24h }\n';
    expect(problemsOf(`rollout_strategy:\n  phases:\n${known}  speed: 5\n`)).toEqual([
      '4: there is no setting "speed" here',
    ]);
    expect(problemsOf('rollout_strategy: [')[0]).toMatch(/^\d+: this is no YAML/);
    expect(problemsOf('')).toHaveLength(1);
  });
});

describe('a plan whose parts do not go together', () => {
  const phases = 'phases: [{ name: a, percentage: 100, duration: 1h }]';
  it.each([
    [
      'two guards for the same',
      `${phases}, guards: [{ metric: errors, margin: 2, alpha: 0.01, action: pause }, { metric: errors, margin: 2, alpha: 0.02, action: notify }]`,
      'two guards watch errors@2; expected different margins',
    ],
    [
      'a metric that is called like another',
      `${phases}, prometheus: { url: "http://p:9090", metrics: [{ name: errors, value: up, above: 1 }] }`,
      'there is another metric called errors; expected a name of its own',
    ],
    [
      'two phases of one name',
      'phases: [{ name: a, percentage: 5, duration: 1h }, { name: a, percentage: 10, duration: 1h }]',
      'two phases are called a; expected a name of its own for each',
    ],
    [
      'a phase of more than a year',
      'phases: [{ name: a, percentage: 100, duration: 367d }]',
      'a year is the longest duration',
    ],
  ])('%s is refused', (_, strategy, problem) => {
    expect(problemsOf(`rollout_strategy: { ${strategy} }`)).toEqual([`1: ${problem}`]);
  });
});

describe('a folder of plans', () => {
  async function shelf(files: Readonly<Record<string, string>>): Promise<PlanShelf> {
    const folder = await mkdtemp(join(tmpdir(), 'plans-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    return PlanShelf.open(folder);
  }
  const good = 'rollout_strategy: { phases: [{ name: a, percentage: 100, duration: 1h }] }';

  it('lists a broken file with what is wrong and starts all the same', async () => {
    const plans = await shelf({
      'good.yaml': good,
      'bad.yml': 'rollout_strategy: {}',
      'notes.txt': 'no plan',
    });
    expect(plans.names).toEqual(['default', 'bad', 'good']);
    expect(plans.plan('good').steps).toHaveLength(1);
    expect(() => plans.plan('bad')).toThrow('bad.yml, line 1');
    expect(() => plans.plan('god')).toThrow('No plan is called "god".');
    expect(plans.problems).toHaveLength(1);
  });

  it('of two plans with one name the first counts; a file that is far too large is not read', async () => {
    const named = good.replace('{ phases', '{ name: same, phases');
    const plans = await shelf({
      'a.yaml': named,
      'b.yaml': named,
      'c.yaml': `#${' '.repeat(257 * 1024)}\n${good}`,
    });
    expect(plans.names).toEqual(['default', 'same', 'same', 'c']);
    expect(plans.plan('same').name).toBe('same');
    expect(plans.problems.join()).toContain('b.yaml cannot be followed');
    expect(() => plans.plan('c')).toThrow('larger than 256 KiB');
  });

  it('a file called default takes the place of the built-in one; a folder that is not there has none', async () => {
    expect((await shelf({ 'default.yaml': good })).plan().steps).toHaveLength(1);
    expect((await PlanShelf.open('/nowhere/at/all')).names).toEqual(['default']);
  });
});

it('every example plan can be followed', () => {
  const folders = ['examples/plans', 'examples/plans/migration'];
  const files = folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => join(folder, name)),
  );
  expect(files.length).toBeGreaterThanOrEqual(6);
  for (const file of files) expect(problemsOf(readFileSync(file, 'utf8')), file).toEqual([]);
});
