import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { gateJsonSchema } from '../../../../../src/lib/deployments/gate/file/jsonSchema.js';
import { parseGateFile, readGateFile } from '../../../../../src/lib/deployments/gate/file/readGateFile.js';
import { knownMeasures } from '../../../../../src/lib/deployments/gate/criteria/words.js';
import { usualPlaces } from '../../../../../src/lib/deployments/gate/reports/usualPlaces.js';

/** As teams write it who have never read our documentation. */
const plainStages = `stages:
  - name: "unit_tests"
    command: "pytest tests/unit/ -v --cov=tux --cov-report=xml"
    success_criteria: "coverage >= 80% AND all tests pass"
    
  - name: "integration_tests"
    command: "pytest tests/integration/ -v --timeout=300"
    success_criteria: "all tests pass"
    
  - name: "performance_tests"
    command: "python scripts/performance_benchmark.py"
    success_criteria: "response_time <= baseline * 1.1"
    
  - name: "security_scan"
    command: "bandit -r tux/ && safety check"
    success_criteria: "no high severity issues"
    
  - name: "compatibility_tests"
    command: "python scripts/compatibility_validator.py"
    success_criteria: "all backward compatibility tests pass"
`;

function gateOf(text: string) {
  const read = parseGateFile(text, 'deployment-gate.yaml', '/srv/bot');
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'));
  return read.file;
}

function problemsOf(text: string): readonly string[] {
  const read = parseGateFile(text, 'deployment-gate.yaml', '/srv/bot');
  return read.ok ? [] : read.problems.map(({ line, message }) => `${line}: ${message}`);
}

const stage = (more: string): string => `stages:\n  - name: a\n    command: b\n${more}`;

describe('deployment-gate.yaml', () => {
  it('needs no more than names, commands and criteria', () => {
    const { stages, baseline } = gateOf(plainStages);
    expect(baseline).toBe('/srv/bot/gate-baseline.json');
    expect(stages.map(({ name }) => name)).toEqual([
      'unit_tests',
      'integration_tests',
      'performance_tests',
      'security_scan',
      'compatibility_tests',
    ]);
    expect(stages[3]?.sequence).toEqual([
      ['bandit', '-r', 'tux/'],
      ['safety', 'check'],
    ]);
    expect(stages.flatMap(({ criteria }) => criteria.map(({ text }) => text))).toEqual([
      'coverage >= 80%',
      'all tests pass',
      'all tests pass',
      'response_time <= baseline * 1.1',
      'no high severity issues',
      'all backward compatibility tests pass',
    ]);
    expect(stages[0]).toMatchObject({ timeoutMs: 600_000, cwd: '/srv/bot', env: [], reports: undefined });
  });

  it('says more where it has to', () => {
    const { stages, baseline } = gateOf(`baseline: ci/baseline.json
env: [CI]
stages:
  - name: bench
    command: node bench.mjs
    success_criteria: cold_start <= baseline * 1.2
    timeout: 30m
    cwd: packages/bot
    env: [DATABASE_URL, CI]
    reports: [out/bench.json, stdout]
    measures: { cold_start: results.0.mean }
    exit_codes: [0, 3]`);
    expect(baseline).toBe('/srv/bot/ci/baseline.json');
    expect(stages[0]).toMatchObject({
      timeoutMs: 1_800_000,
      cwd: '/srv/bot/packages/bot',
      env: ['CI', 'DATABASE_URL'],
      reports: ['out/bench.json', 'stdout'],
      measures: { cold_start: 'results.0.mean' },
      exitCodes: [0, 3],
    });
  });
});

describe('a wrong deployment-gate.yaml', () => {
  it.each([
    ['a pipe', 'stages:\n  - name: a\n    command: b | c', '3: the command has a pipe (|)'],
    [
      'an unknown word',
      stage('    success_criteria: covrage > 3'),
      '4: criteria do not know the word "covrage"',
    ],
    ['an unknown key', stage('    sucess_criteria: x'), '4: there is no setting "sucess_criteria" here'],
    ['no stage', 'stages: []', '1: expected at least one stage'],
    ['no command', 'stages:\n  - name: a', '2: "command" is missing here'],
    ['the same name twice', `${stage('')}  - name: a\n    command: c`, '4: two stages are called a'],
    ['a timeout without a unit', stage('    timeout: 30'), '4: expected a duration such as 90s, 10m or 1h'],
    [
      'a number that has its report',
      stage('    measures: { coverage: x }'),
      '4: coverage is read from reports',
    ],
    ['no YAML', 'stages: [', '1: this is no YAML: '],
    ['nothing', '', '1: '],
  ])('says line and what is expected: %s', (_, text, problem) => {
    expect(problemsOf(text)[0]).toContain(problem);
  });

  it('names all that is wrong at once, and stops everything', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gate-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const path = join(folder, 'deployment-gate.yaml');
    await writeFile(path, 'stages:\n  - name: a\n    command: b > c\n    success_criteria: d\n');
    await expect(readGateFile(path)).rejects.toMatchObject({
      code: 'GATE_FILE_WRONG',
      message: expect.stringMatching(/line 3, .*output into a file[^]*line 4, .*the word "d"/) as string,
    });
    await expect(readGateFile(join(folder, 'none.yaml'))).rejects.toMatchObject({
      code: 'GATE_FILE_WRONG',
      message: expect.stringContaining('There is no') as string,
    });
  });
});

describe('what is written about it', () => {
  it('the JSON Schema that is shipped is the one of this code (scripts/write-schemas.mjs writes it)', async () => {
    expect(await readFile('schemas/deployment-gate.schema.json', 'utf8')).toBe(gateJsonSchema());
  });

  it('the example can be followed, and the JSON Schema takes it', async () => {
    const example = await readFile('examples/deployments/deployment-gate.yaml', 'utf8');
    expect(gateOf(example).stages.length).toBeGreaterThanOrEqual(5);
    const validate = new Ajv2020().compile(JSON.parse(gateJsonSchema()) as object);
    expect(validate(parse(example)), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ stages: [] })).toBe(false);
  });

  it("this project's own file can be followed: what it runs is there, and docs/gate.md shows it", async () => {
    const own = await readFile('deployment-gate.yaml', 'utf8');
    const { stages } = gateOf(own);
    const { scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: object };
    const words = stages.flatMap(({ sequence }) => sequence).map((one) => one.join(' '));
    const named = words.flatMap((command) => /^npm run (\S+)/.exec(command)?.[1] ?? []);
    expect(named.filter((script) => !(script in scripts))).toEqual([]);
    const paths = words.flatMap((command) => command.match(/(?:tests|bin|scripts)\/[\w./-]+/g) ?? []);
    expect(paths).toContain('bin/rollouts.mjs');
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
    expect(await readFile('docs/gate.md', 'utf8')).toContain(own);
  });

  it('docs/gate.md can be followed, and names every setting, number and usual place', async () => {
    const text = await readFile('docs/gate.md', 'utf8');
    const blocks = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => yaml ?? '');
    expect(blocks.length).toBeGreaterThanOrEqual(1);
    for (const block of blocks) expect(problemsOf(block)).toEqual([]);
    const schema = JSON.parse(gateJsonSchema()) as {
      properties: { stages: { items: { properties: object } } };
    };
    const names = [
      ...Object.keys(schema.properties),
      ...Object.keys(schema.properties.stages.items.properties),
      ...Object.keys(knownMeasures),
      ...Object.values(usualPlaces).flat(),
    ];
    expect(names.filter((name) => !text.includes(name))).toEqual([]);
  });
});
