import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { gateResult } from '../../../../src/lib/deployments/gate/resultSchema.js';
import type { GateNews } from '../../../../src/lib/deployments/gate/runGate.js';
import { breakGround, writes, type Ground } from './ground.js';

const plainStages = `stages:
  - name: "unit_tests"
    command: "pytest tests/unit/ -v --cov=tux --cov-report=xml"
    success_criteria: "coverage >= 80% AND all tests pass"
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

/** The programs that those stages name. */
async function team(responseTime = 100): Promise<Ground> {
  const ground = await breakGround();
  await ground.program('pytest', writes('coverage.xml', '<coverage lines-valid="200" lines-covered="166"/>'));
  await benchmark(ground, responseTime);
  await ground.program('bandit', '');
  await ground.program('safety', '');
  return ground;
}

function benchmark(ground: Ground, responseTime: number): Promise<void> {
  const code = writes('benchmark.json', JSON.stringify({ response_time: responseTime }));
  return ground.program('python', `if (process.argv[2].includes('benchmark')) { ${code} }`);
}

describe('the gate', () => {
  it('takes the stages as plain as teams write them, and says what it went by', async () => {
    const ground = await team();
    const result = await ground.gate(plainStages, { setBaseline: true, commit: 'abc' });
    expect(result).toMatchObject({ release: '1.4.0', commit: 'abc', verdict: 'passed' });
    expect(result.stages.map(({ criteria }) => criteria.map(({ why }) => why))).toEqual([
      ['coverage is 83% (coverage.xml).', 'There is no report of tests, so the exit code counts: 0.'],
      ['response_time is 100 (benchmark.json), its baseline is 100.'],
      ['There is no security report, so the exit code counts: 0.'],
      ['There is no report of tests, so the exit code counts: 0.'],
    ]);
    expect(gateResult.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
  });

  it('stops at the stage that fails, and says of the others that they did not run', async () => {
    const ground = await team();
    await ground.program('pytest', 'console.log("1 failed"); process.exit(1);');
    const result = await ground.gate(plainStages);
    expect(result.verdict).toBe('failed');
    expect(result.stages.map(({ verdict }) => verdict)).toEqual(['failed', 'not-run', 'not-run', 'not-run']);
    expect(result.stages[0]).toMatchObject({ exitCode: 1, tail: '1 failed' });
    expect(result.stages[0]?.sentence).toContain('pytest ended with exit code 1.');
    expect(result.stages[1]).toMatchObject({ sentence: 'Not run, since unit_tests failed.', exitCode: null });
    expect(gateResult.safeParse(result).success).toBe(true);
  });

  it('goes on all the same where it is asked to', async () => {
    const ground = await team();
    await ground.program('pytest', 'process.exit(1);');
    const result = await ground.gate(plainStages, { keepGoing: true, setBaseline: true });
    expect(result.stages.map(({ verdict }) => verdict)).toEqual(['failed', 'passed', 'passed', 'passed']);
    expect(result.verdict).toBe('failed');
  });

  it('tells its progress while it runs', async () => {
    const ground = await breakGround();
    const news: GateNews[] = [];
    await ground.check('console.log("one"); console.error("two");', '', { onNews: (one) => news.push(one) });
    expect(news[0]).toEqual({ kind: 'started', stage: 'checks', index: 0, of: 1 });
    expect(news.filter(({ kind }) => kind === 'line')).toHaveLength(2);
    expect(news.at(-1)).toMatchObject({ kind: 'ended', index: 0, result: { verdict: 'passed' } });
  });

  it('that is stopped ends what runs, and runs nothing more', async () => {
    const ground = await team();
    await ground.program('pytest', 'console.log("here"); setInterval(() => {}, 1000);');
    const aborter = new AbortController();
    const result = await ground.gate(plainStages, {
      signal: aborter.signal,
      keepGoing: true,
      onNews: ({ kind }) => kind === 'line' && aborter.abort(),
    });
    expect(result.stages[0]?.sentence).toContain('pytest was ended because this process was asked to let go');
    expect(result.stages[1]?.sentence).toBe('Not run: the gate was stopped.');
  });
});

describe('the baseline', () => {
  it('that was never set makes its criterion unknown, which fails', async () => {
    const ground = await team();
    const { stages } = await ground.gate(plainStages);
    expect(stages[1]).toMatchObject({ verdict: 'failed', criteria: [{ verdict: 'unknown' }] });
    expect(stages[1]?.sentence).toContain('Set one with `rollouts gate --set-baseline`');
  });

  it('is what a later release is measured by', async () => {
    const ground = await team(100);
    await ground.gate(plainStages, { setBaseline: true });
    await benchmark(ground, 110);
    expect((await ground.gate(plainStages)).verdict).toBe('passed');
    await benchmark(ground, 110.1);
    const { stages } = await ground.gate(plainStages);
    expect(stages[1]?.sentence).toBe(
      'response_time <= baseline * 1.1: response_time is 110.1 (benchmark.json), its baseline is 100.',
    );
  });

  it('is not set by a gate that failed', async () => {
    const ground = await team(100);
    await ground.gate(plainStages, { setBaseline: true });
    const before = await readFile(join(ground.folder, 'gate-baseline.json'), 'utf8');
    await benchmark(ground, 500);
    await ground.program('bandit', 'process.exit(1);');
    expect((await ground.gate(plainStages, { setBaseline: true })).verdict).toBe('failed');
    expect(await readFile(join(ground.folder, 'gate-baseline.json'), 'utf8')).toBe(before);
  });

  it('that is damaged stops the gate before anything runs', async () => {
    const ground = await team();
    await ground.write('gate-baseline.json', '{"format":');
    const news: GateNews[] = [];
    await expect(ground.gate(plainStages, { onNews: (one) => news.push(one) })).rejects.toMatchObject({
      code: 'GATE_FILE_WRONG',
      next: expect.stringContaining('--set-baseline') as string,
    });
    expect(news).toEqual([]);
  });
});

it('a result from outside whose stages contradict its verdict is refused', async () => {
  const ground = await breakGround();
  const result = await ground.gate('stages: [{ name: a, command: no-such-program-here }]');
  expect(result.verdict).toBe('failed');
  expect(gateResult.safeParse(result).success).toBe(true);
  expect(gateResult.safeParse({ ...result, verdict: 'passed' }).success).toBe(false);
});
