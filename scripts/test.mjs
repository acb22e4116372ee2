/**
 * `npm test`: everything that must hold. Builds, checks style, types and floors, then runs every test with coverage.
 * With arguments (`npm test -- tests/lib/flags`) only the tests, and the arguments go to vitest.
 */
import { spawn } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { redisServer } from './redis-for-tests.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(root, '.cache', 'test-results.json');
const unhandled = join(root, '.cache', 'test-unhandled.json');
const page = join(root, 'src', 'sandbox', 'page');

const checks = [
  { name: 'build', program: 'node', args: ['scripts/build.mjs'] },
  { name: 'lint', program: 'eslint', args: ['.'] },
  { name: 'types', program: 'tsc', args: ['--noEmit'] },
  { name: 'types of the page', program: 'tsc', args: ['--noEmit', '-p', page] },
  { name: 'format', program: 'prettier', args: ['--check', '.'] },
  { name: 'floors', program: 'depcruise', args: ['--config', '.dependency-cruiser.cjs', 'src'] },
].filter(({ args }) => !args.includes(page) || existsSync(join(page, 'tsconfig.json')));

/** As many at once as a small machine has cores. */
const atOnce = 2;

const only = process.argv.slice(2);
process.exitCode = await (only.length > 0 ? testsAlone() : everything());

async function testsAlone() {
  const tests = await runTests(only);
  printCount(tests);
  return tests.ok ? 0 : 1;
}

async function everything() {
  await fetchRedis();
  const outcomes = await runChecks();
  const isBuilt = outcomes.find(({ name }) => name === 'build').ok;
  const tests = isBuilt ? await runTests(['--coverage']) : notRun();
  printSummary([...outcomes, { name: 'tests', ...tests }]);
  printCount(tests);
  return tests.ok && outcomes.every(({ ok }) => ok) ? 0 : 1;
}

/** Once, before the test files look for it side by side. Without one they skip what needs it, and fail in CI. */
async function fetchRedis() {
  try {
    await redisServer();
  } catch (error) {
    console.error(`*** There is no Redis to test with: ${error.message}`);
  }
}

async function runChecks() {
  const waiting = [...checks];
  const outcomes = [];
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      outcomes.push(await runCheck(check));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return outcomes;
}

async function runCheck({ name, program, args }) {
  const begun = Date.now();
  const output = [];
  const code = await run(program, args, 'pipe', (chunk) => output.push(chunk));
  const seconds = secondsSince(begun);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (code !== 0) process.stdout.write(output.join(''));
  return { name, ok: code === 0, seconds };
}

async function runTests(args) {
  const begun = Date.now();
  await Promise.all([results, unhandled].map((file) => rm(file, { force: true })));
  const keeper = join(root, 'scripts', 'unhandled-errors-reporter.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--reporter=${keeper}`];
  const code = await run('vitest', ['run', ...reporters, `--outputFile.json=${results}`, ...args], 'inherit');
  const counts = await countTests();
  const errors = await readUnhandled();
  const failed = counts.failed + errors.length;
  return { ...counts, failed, unhandled: errors, ok: code === 0, seconds: secondsSince(begun) };
}

/** A file that could not even be loaded counts as one failed test. */
async function countTests() {
  if (!existsSync(results)) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(await readFile(results, 'utf8'));
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Errors beside the tests turn a run red as well: each counts as one failed test. */
async function readUnhandled() {
  return existsSync(unhandled) ? JSON.parse(await readFile(unhandled, 'utf8')) : [];
}

function notRun() {
  return {
    passed: 0,
    failed: 0,
    skipped: 0,
    ok: false,
    seconds: '0.0',
    why: 'not run, for the build failed',
  };
}

function printSummary(outcomes) {
  console.log('\nSummary');
  for (const { name, ok, seconds, passed, failed, skipped, why } of outcomes) {
    const counts = passed === undefined ? '' : `: ${passed} passed, ${failed} failed, ${skipped} skipped`;
    console.log(`  ${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)${counts}${why ? `: ${why}` : ''}`);
  }
  for (const { unhandled: errors = [] } of outcomes)
    for (const { file, text } of errors)
      console.log(`\nFAILED beside the tests${file ? `, while ${file} ran` : ''}:\n${text}`);
}

/** The last line of all, alone on its line. */
function printCount({ passed, failed }) {
  console.log(`\n${passed} passed, ${failed} failed`);
}

function secondsSince(begun) {
  return ((Date.now() - begun) / 1000).toFixed(1);
}

function run(program, args, stdio, onOutput) {
  const command = program === 'node' ? process.execPath : join(root, 'node_modules', '.bin', program);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['inherit', stdio, stdio] });
    child.stdout?.setEncoding('utf8').on('data', onOutput);
    child.stderr?.setEncoding('utf8').on('data', onOutput);
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
