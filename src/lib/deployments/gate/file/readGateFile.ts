/** Reads `deployment-gate.yaml`; a wrong one is refused by line before anything runs. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { readYaml, type FileProblem } from '../../../yaml/readYaml.js';
import { saidOf } from '../../file/readDeploymentsFile.js';
import { readCommand } from '../command/readCommand.js';
import { readCriteria } from '../criteria/readCriteria.js';
import { knownMeasures } from '../criteria/words.js';
import { GateFileWrong } from '../errors.js';
import type { GateFile, GateStage } from './GateFile.js';
import { gateFile, type WrittenGate } from './schema.js';

export const gateFileName = 'deployment-gate.yaml';

/** More than anybody writes by hand. */
const largestFile = 256 * 1024;
const usualTimeoutMs = 10 * 60_000;

/** @throws GateFileWrong naming each line that is wrong, and what is expected there */
export async function readGateFile(path: string): Promise<GateFile> {
  const read = parseGateFile(await textOf(path), path, resolve(dirname(path)));
  if (read.ok) return read.file;
  throw new GateFileWrong(read.problems.map(saidOf).join('\n'), {
    next: 'Nothing was run. docs/gate.md shows what a stage may say.',
  });
}

export type ParsedGate =
  | { readonly ok: true; readonly file: GateFile }
  | { readonly ok: false; readonly problems: readonly FileProblem[] };

/** @param folder of the file, absolute */
export function parseGateFile(text: string, file: string, folder: string): ParsedGate {
  const read = readYaml(text, file, gateFile);
  if (!read.ok) return read;
  const problems: FileProblem[] = [];
  const stages = read.value.stages.map((written, index) =>
    layOut(written, read.value, folder, (key, message) =>
      problems.push(read.problemAt(['stages', index, key], message)),
    ),
  );
  const names = stages.map(({ name }) => name);
  const twice = names.findIndex((name, index) => names.indexOf(name) < index);
  if (twice >= 0) {
    const message = `two stages are called ${names[twice]}; expected a name of its own for each`;
    problems.push(read.problemAt(['stages', twice, 'name'], message));
  }
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, file: { stages, baseline: resolve(folder, read.value.baseline) } };
}

type WrittenStage = WrittenGate['stages'][number];

function layOut(
  written: WrittenStage,
  { env }: WrittenGate,
  folder: string,
  wrong: (key: keyof WrittenStage, message: string) => void,
): GateStage {
  const command = readCommand(written.command);
  if (!command.ok) wrong('command', command.problem);
  const criteria = readCriteria(written.success_criteria ?? '', Object.keys(written.measures));
  if (!criteria.ok && written.success_criteria !== undefined) wrong('success_criteria', criteria.problem);
  const taken = Object.keys(written.measures).find((name) => Object.hasOwn(knownMeasures, name));
  if (taken !== undefined)
    wrong('measures', `${taken} is read from reports of a known format; expected another name`);
  return {
    ...{ name: written.name, command: written.command, measures: written.measures, reports: written.reports },
    sequence: command.ok ? command.sequence : [],
    criteria: criteria.ok ? criteria.criteria : [],
    timeoutMs: written.timeout ?? usualTimeoutMs,
    cwd: resolve(folder, written.cwd ?? '.'),
    env: [...new Set([...env, ...written.env])],
    exitCodes: written.exit_codes,
  };
}

async function textOf(path: string): Promise<string> {
  try {
    if ((await stat(path)).size <= largestFile) return await readFile(path, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'There is no' : 'Cannot read';
    throw new GateFileWrong(`${why} ${path}${code === 'ENOENT' ? '' : `: ${message}`}.`, {
      next: 'Go to the folder of your source, or name the file with --file. examples/deployments/deployment-gate.yaml is one to begin with.',
      cause,
    });
  }
  throw new GateFileWrong(`${path} is larger than 256 KiB.`, { next: 'Is it the right file?' });
}
