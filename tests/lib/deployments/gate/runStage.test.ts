import { spawnSync } from 'node:child_process';
import { stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { until } from '../../../support/redis/until.js';
import { breakGround, writes } from './ground.js';

afterEach(() => vi.unstubAllEnvs());

const junit = (failures: number): string =>
  `<testsuite>${'<testcase/>'.repeat(3)}${'<testcase><failure/></testcase>'.repeat(failures)}</testsuite>`;
const audit = (high: number, low: number): string =>
  JSON.stringify({ metadata: { vulnerabilities: { low, moderate: 0, high, critical: 0 } } });

describe('a command', () => {
  it('that does not exist fails the stage, and says what to do', async () => {
    const ground = await breakGround();
    const { stages } = await ground.gate(
      'stages: [{ name: a, command: no-such-program-here, success_criteria: all tests pass }]',
    );
    expect(stages[0]).toMatchObject({
      verdict: 'failed',
      exitCode: null,
      criteria: [{ verdict: 'unknown' }],
    });
    expect(stages[0]?.sentence).toBe(
      'There is no program no-such-program-here here. Install it where the gate runs, or mend its name in the file.',
    );
  });

  it('whose folder does not exist is told from one whose program does not', async () => {
    const ground = await breakGround();
    const stage = await ground.check('', 'cwd: packages/none');
    expect(stage).toMatchObject({ verdict: 'failed', exitCode: null });
    expect(stage.sentence).toBe(
      `There is no folder ${join(ground.folder, 'packages/none')}. Mend cwd in the file.`,
    );
  });

  it('that hangs is ended at the time limit', async () => {
    const ground = await breakGround();
    const stage = await ground.check('setInterval(() => {}, 1000);', 'timeout: 0.3s');
    expect(stage).toMatchObject({ verdict: 'failed', exitCode: null });
    expect(stage.sentence).toBe(
      'check was ended because its time was over. Give it more with timeout, or find out what it waits for.',
    );
  });

  it('that is ended takes along all that it started', async () => {
    const ground = await breakGround();
    const aborter = new AbortController();
    let child = 0;
    const stage = await ground.check(
      `const { spawn } = require('node:child_process');
       console.log(spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']).pid);
       setInterval(() => {}, 1000);`,
      '',
      {
        signal: aborter.signal,
        onNews: (news) => {
          if (news.kind !== 'line') return;
          child = Number(news.line);
          aborter.abort();
        },
      },
    );
    expect(stage).toMatchObject({ verdict: 'failed', exitCode: null });
    expect(child).toBeGreaterThan(0);
    await until('the child is gone', () => !isAlive(child));
  });

  it('that floods its output leaves its last lines only', async () => {
    const ground = await breakGround();
    const stage = await ground.check(
      `for (let i = 0; i < 20000; i++) console.log('line ' + i + ' ' + 'x'.repeat(300));
       console.log('\\u001b[31mthe end\\u001b[0m\\u0007'); process.exitCode = 3;`,
    );
    expect(stage).toMatchObject({ verdict: 'failed', exitCode: 3 });
    expect(stage.tail.length).toBeLessThanOrEqual(2_000);
    expect(stage.tail.split('\n').at(-1)).toBe('the end');
    expect(stage.tail.split('\n').at(-2)).toMatch(/^line 19999 x+$/);
  });

  it('that is killed fails the stage', async () => {
    const ground = await breakGround();
    const stage = await ground.check("process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);");
    expect(stage).toMatchObject({ verdict: 'failed', exitCode: null });
    expect(stage.sentence).toBe('check was ended by SIGKILL. Often the machine had no memory left.');
  });

  it('is given the variables that are named and no others, and does not show what they hold', async () => {
    vi.stubEnv('GATE_SECRET', 'very-secret-value');
    vi.stubEnv('OTHER_SECRET', 'another-secret');
    const ground = await breakGround();
    const stage = await ground.check(
      'console.log(process.env.GATE_SECRET, typeof process.env.OTHER_SECRET); process.exit(1);',
      'env: [GATE_SECRET]',
    );
    expect(stage.tail).toBe('*** undefined');
  });

  it.each([
    ['killed', "process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000);"],
    ['never there', undefined],
  ])('of a sequence that is %s leaves out those after it, too', async (_, code) => {
    const ground = await breakGround();
    if (code !== undefined) await ground.program('scan', code);
    await ground.program('other', writes('other-ran', ''));
    const { stages } = await ground.gate('stages: [{ name: a, command: scan && other }]');
    expect(stages[0]).toMatchObject({ verdict: 'failed', exitCode: null });
    await expect(stat(join(ground.folder, 'other-ran'))).rejects.toThrow('ENOENT');
  });

  it('of a sequence that fails leaves out those after it, and says so', async () => {
    const ground = await breakGround();
    await ground.program(
      'scan',
      writes('results.sarif', '{"version":"2.1.0","runs":[{"tool":{"driver":{}},"results":[]}]}') +
        'process.exit(1);',
    );
    await ground.program('other', '');
    const { stages } = await ground.gate(
      'stages: [{ name: a, command: scan && other, success_criteria: no high severity issues }]',
    );
    expect(stages[0]).toMatchObject({ verdict: 'failed', criteria: [{ verdict: 'met' }] });
    expect(stages[0]?.sentence).toBe('scan ended with exit code 1. other did not run.');
  });
});

describe('the exit code', () => {
  it('1 of a later scanner in a sequence is not explained by the report of an earlier one', async () => {
    const ground = await breakGround();
    await ground.program('bandit', writes('audit.json', audit(0, 0)));
    await ground.program('safety', 'process.exit(1);');
    const { stages } = await ground.gate(
      'stages: [{ name: a, command: bandit && safety check, success_criteria: no high severity issues }]',
    );
    expect(stages[0]).toMatchObject({ verdict: 'failed', criteria: [{ verdict: 'met' }] });
    expect(stages[0]?.sentence).toBe('safety ended with exit code 1.');
  });

  it.each([
    ['without criteria decides alone', 'process.exit(2)', '', 'failed'],
    [
      'decides on sentences without a report',
      'process.exit(1)',
      'success_criteria: all tests pass',
      'failed',
    ],
    [
      'does so, too, where another one is allowed',
      'process.exit(1)',
      'success_criteria: all tests pass\nexit_codes: [0, 1]',
      'failed',
    ],
    [
      'fails a stage whose tests all passed',
      `${writes('junit.xml', junit(0))}process.exit(1)`,
      'success_criteria: all tests pass',
      'failed',
    ],
    [
      'that is allowed does not',
      `${writes('junit.xml', junit(0))}process.exit(5)`,
      'success_criteria: all tests pass\nexit_codes: [0, 5]',
      'passed',
    ],
    [
      'fails one whose numbers are good',
      `${writes('lcov.info', 'SF:a\nLF:1\nLH:1\nend_of_record\n')}process.exit(1)`,
      'success_criteria: coverage >= 80%',
      'failed',
    ],
    ['is up to a criterion that names it', 'process.exit(4)', 'success_criteria: exit_code == 4', 'passed'],
    [
      '1 is how a scanner says that it found something, and its report how bad it is',
      `${writes('audit.json', audit(0, 3))}process.exit(1)`,
      'success_criteria: no high severity issues',
      'passed',
    ],
    [
      '1 with something bad fails',
      `${writes('audit.json', audit(1, 0))}process.exit(1)`,
      'success_criteria: no high severity issues',
      'failed',
    ],
    [
      '2 of a scanner is a failure of the scanner',
      `${writes('audit.json', audit(0, 0))}process.exit(2)`,
      'success_criteria: no high severity issues',
      'failed',
    ],
  ])('%s', async (_, code, settings, verdict) => {
    const ground = await breakGround();
    expect((await ground.check(code, settings)).verdict).toBe(verdict);
  });
});

describe('a report', () => {
  const tests = 'success_criteria: all tests pass';

  it('speaks louder than the exit code', async () => {
    const ground = await breakGround();
    const stage = await ground.check(writes('junit.xml', junit(1)), tests);
    expect(stage).toMatchObject({ verdict: 'failed', exitCode: 0 });
    expect(stage.sentence).toBe('all tests pass: 1 of 4 tests failed (junit.xml).');
    expect((await ground.check(writes('junit.xml', junit(0)), tests)).criteria[0]?.why).toBe(
      'All 3 tests passed (junit.xml).',
    );
  });

  it('in which not one test ran is no success', async () => {
    const ground = await breakGround();
    for (const text of ['<testsuites/>', '<testsuite><testcase><skipped/></testcase></testsuite>']) {
      const stage = await ground.check(writes('junit.xml', text), tests);
      expect(stage.sentence).toMatch(/Not one test ran/);
      expect(stage.verdict).toBe('failed');
    }
  });

  it('is looked for where the file says, also in folders, and added up', async () => {
    const ground = await breakGround();
    const code = `require('node:fs').mkdirSync('out/more', { recursive: true });
      ${writes('out/a.xml', junit(0))} ${writes('out/more/b.xml', junit(0))}`;
    const stage = await ground.check(code, `${tests}\nreports: [out/a.xml, out/more]`);
    expect(stage.criteria[0]?.why).toBe('All 6 tests passed (out/a.xml, out/more/b.xml).');
  });

  it('may be what the command prints', async () => {
    const ground = await breakGround();
    const stage = await ground.check(
      `console.log(${JSON.stringify(audit(2, 0))}); console.error('progress'); process.exit(1);`,
      'success_criteria: no high severity issues\nreports: [stdout]',
    );
    expect(stage.sentence).toBe('no high severity issues: 2 high (stdout).');
  });

  it('that the command prints is no report where it is longer than what is kept', async () => {
    const ground = await breakGround();
    const stage = await ground.check(
      "console.log('[' + '1,'.repeat(9 * 1024 * 1024) + '1]')",
      'success_criteria: all tests pass\nreports: [stdout]',
    );
    expect(stage.sentence).toContain('stdout is longer than what is kept of it.');
  });

  it('has numbers of the file\u2019s own', async () => {
    const ground = await breakGround();
    const text = JSON.stringify({ results: [{ mean: 1.25 }], a: { p95: 1 }, b: { p95: 2 } });
    const settings = 'success_criteria: cold_start < 1.5\nmeasures: { cold_start: results.0.mean }';
    const stage = await ground.check(writes('bench.json', text), settings);
    expect(stage.sentence).toBe('cold_start is 1.25 (bench.json).');
    const twice = await ground.check(writes('bench.json', text), 'success_criteria: p95 < 3');
    expect(twice.criteria[0]).toMatchObject({ verdict: 'unknown' });
    expect(twice.sentence).toContain('p95 stands in several places: ');
    const none = await ground.check(writes('bench.json', text), 'success_criteria: p99 < 3');
    expect(none.sentence).toContain('bench.json has no number p99.');
  });

  it('that is needed and is nowhere makes a number unknown, which fails', async () => {
    const ground = await breakGround();
    const stage = await ground.check('', 'success_criteria: coverage >= 80%');
    expect(stage).toMatchObject({ verdict: 'failed', criteria: [{ verdict: 'unknown' }] });
    expect(stage.sentence).toContain('There is no report of coverage: it was looked for in coverage.xml, ');
  });

  it('that the file names and that is absent makes everything unknown', async () => {
    const ground = await breakGround();
    const stage = await ground.check(writes('a.xml', junit(0)), `${tests}\nreports: [a.xml, b.xml, empty]`);
    expect(stage).toMatchObject({ verdict: 'failed', criteria: [{ verdict: 'unknown' }] });
    expect(stage.sentence).toContain('b.xml is not there.');
  });

  it.each([
    ['malformed', writes('junit.xml', '<testsuite>'), 'junit.xml is no well-formed XML'],
    ['a bomb', writes('junit.xml', '<!DOCTYPE a [<!ENTITY a "aa">]><testsuite/>'), 'declares entities'],
    ['empty', writes('junit.xml', ''), 'junit.xml is empty'],
    [
      'huge',
      `${writes('junit.xml', '<')}require('node:fs').truncateSync('junit.xml', 65 * 1024 * 1024);`,
      'larger than 64 MiB',
    ],
    ['a folder', "require('node:fs').mkdirSync('junit.xml');", 'junit.xml is no file'],
    [
      'a pipe that nobody writes to',
      "require('node:child_process').execFileSync('mkfifo', ['junit.xml']);",
      'junit.xml is no file',
    ],
  ])('that is %s makes it unknown, though the exit code is 0', async (_, code, problem) => {
    const ground = await breakGround();
    const stage = await ground.check(code, tests);
    expect(stage).toMatchObject({ verdict: 'failed', exitCode: 0, criteria: [{ verdict: 'unknown' }] });
    expect(stage.sentence).toContain(problem);
  });
});

describe('a report that is older than the stage', () => {
  it('in a usual place does not count, and is mentioned', async () => {
    const ground = await breakGround();
    await ground.write('junit.xml', junit(3));
    const stage = await ground.check('', 'success_criteria: all tests pass');
    expect(stage.verdict).toBe('passed');
    expect(stage.criteria[0]?.why).toBe(
      'There is no report of tests, so the exit code counts: 0. junit.xml is older than this run of the stage and does not count.',
    );
  });

  it('gives no number', async () => {
    const ground = await breakGround();
    await ground.write('coverage.xml', '<coverage line-rate="1"/>');
    const stage = await ground.check('', 'success_criteria: coverage >= 80%');
    expect(stage.criteria[0]).toMatchObject({ verdict: 'unknown' });
    expect(stage.sentence).toContain('coverage.xml is older than this run');
  });

  it('where the file names it, makes everything unknown', async () => {
    const ground = await breakGround();
    await ground.write('out.xml', junit(0));
    const stage = await ground.check('', 'success_criteria: all tests pass\nreports: [out.xml]');
    expect(stage).toMatchObject({ verdict: 'failed', criteria: [{ verdict: 'unknown' }] });
  });

  it('does not count where it was only copied there, either', async () => {
    const ground = await breakGround();
    await ground.write('kept.xml', junit(0));
    await utimes(join(ground.folder, 'kept.xml'), 1_000_000, 1_000_000);
    const stage = await ground.check(
      "require('node:child_process').execFileSync('cp', ['-p', 'kept.xml', 'out.xml']);",
      'success_criteria: all tests pass\nreports: [out.xml]',
    );
    expect(stage.sentence).toContain('out.xml is older than this run');
  });

  it('in a folder is passed over, as long as the folder holds one of this run', async () => {
    const ground = await breakGround();
    await ground.write('out/old.xml', junit(2));
    const settings = 'success_criteria: all tests pass\nreports: [out]';
    expect((await ground.check(writes('out/new.xml', junit(0)), settings)).verdict).toBe('passed');
    const stage = await ground.check('', settings);
    expect(stage.sentence).toContain('out holds no report of this run.');
  });

  it('counts again as soon as the stage writes it anew, letter for letter', async () => {
    const ground = await breakGround();
    const code = writes('junit.xml', junit(1));
    for (const time of [1, 2])
      expect(
        (await ground.check(code, 'success_criteria: all tests pass')).criteria[0],
        `${time}`,
      ).toMatchObject({
        verdict: 'not-met',
      });
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // One that has ended and that nobody has waited for yet runs no more.
  const state = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
  return !/^\s*(Z|$)/.test(state.stdout);
}
