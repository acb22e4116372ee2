/**
 * `npm run bench`: builds, then runs every `bench/<topic>/*.mjs` in order and shows what they measured.
 * `npm run bench -- evaluation state` runs these topics only.
 *
 * A benchmark prints one JSON line a measurement: `{ name, unit, values, ratio?, target?, ok? }`; its other lines are shown as
 * they come. The measurements also go to `bench/results/latest.json`. Exit code 1 where one missed its target or broke.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bench = join(root, 'bench');

process.exitCode = await main(process.argv.slice(2));

async function main(wanted) {
  const topics = await topicsIn(bench);
  const unknown = wanted.filter((topic) => !topics.includes(topic));
  if (unknown.length > 0) {
    console.error(`There is no benchmark of ${unknown.join(', ')}. There are: ${topics.join(', ')}.`);
    return 2;
  }
  await must('node', [join(root, 'scripts', 'build.mjs')], root);
  if (existsSync(join(bench, 'package.json')) && !existsSync(join(bench, 'node_modules'))) {
    await must('npm', ['ci', '--ignore-scripts'], bench);
  }
  const measured = [];
  const broken = [];
  for (const topic of topics.filter((name) => wanted.length === 0 || wanted.includes(name))) {
    for (const file of await scriptsIn(topic)) {
      console.log(`\n${topic}/${file}`);
      const code = await measure(topic, file, (measurement) => measured.push({ topic, ...measurement }));
      if (code !== 0) broken.push(`${topic}/${file} ended with exit code ${code}`);
    }
  }
  await keep(measured);
  show(measured, broken);
  return broken.length === 0 && measured.every(({ ok }) => ok !== false) ? 0 : 1;
}

async function topicsIn(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const folders = entries.filter(
    (entry) => entry.isDirectory() && !['node_modules', 'results'].includes(entry.name),
  );
  return folders.map(({ name }) => name).sort();
}

/** A topic with a `run.mjs` says itself what it runs. */
async function scriptsIn(topic) {
  const files = await readdir(join(bench, topic));
  if (files.includes('run.mjs')) return ['run.mjs'];
  return files.filter((file) => file.endsWith('.mjs')).sort();
}

function measure(topic, file, onMeasured) {
  return new Promise((resolve, reject) => {
    const script = join(bench, topic, file);
    const child = spawn(process.execPath, ['--expose-gc', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const measurement = parsed(line);
      if (measurement === undefined) console.log(`  ${line}`);
      else onMeasured(measurement);
    });
    child.once('error', reject);
    child.once('close', resolve);
  });
}

function parsed(line) {
  if (!line.startsWith('{')) return undefined;
  try {
    const value = JSON.parse(line);
    return typeof value.name === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

async function keep(measured) {
  await mkdir(join(bench, 'results'), { recursive: true });
  const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
  const report = { at: new Date().toISOString(), machine, measured };
  await writeFile(join(bench, 'results', 'latest.json'), `${JSON.stringify(report, null, 2)}\n`);
}

function show(measured, broken) {
  const rows = measured.map(({ name, unit, values, ratio, target, ok }) => [
    ok === false ? 'MISSED' : ok === true ? 'ok' : '',
    name,
    `${written(values)}${unit ? ` ${unit}` : ''}`,
    ratio === undefined ? '' : written(ratio),
    target === undefined ? '' : written(target),
  ]);
  const table = [['', 'what', 'measured', 'ratio', 'target'], ...rows];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  console.log();
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
  for (const problem of broken) console.log(`BROKEN  ${problem}`);
}

/** Numbers short enough to compare, lists and records as `name value`. */
function written(value) {
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toPrecision(3);
  if (Array.isArray(value)) return value.map(written).join(' / ');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, inner]) => `${name} ${written(inner)}`)
      .join(', ');
  }
  return String(value ?? '');
}

function must(program, args, cwd) {
  return new Promise((resolve, reject) => {
    const child = spawn(program === 'node' ? process.execPath : program, args, { cwd, stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ${args.join(' ')} failed`)),
    );
  });
}
