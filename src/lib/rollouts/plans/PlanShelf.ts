/** The plans of this process: the built-in one, and the files of a folder as they were at start. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { nearestNames } from '../../flags/nearest.js';
import { BrokenPlan, UnknownPlan } from '../errors.js';
import { builtInName, builtInPlan } from './builtIn.js';
import type { ListedPlan, Plan } from './Plan.js';
import { readPlan } from './readPlan.js';

const yamlFile = /\.ya?ml$/i;
/** More than anybody writes by hand. */
const largestFile = 256 * 1024;

export class PlanShelf {
  private constructor(private readonly listed: readonly ListedPlan[]) {}

  /** Without any file. */
  public static builtIn(): PlanShelf {
    return new PlanShelf([{ ok: true, source: 'built-in', plan: builtInPlan() }]);
  }

  /** A folder that does not exist has no plans. A file that is no plan is listed with what is wrong; it stops nothing. */
  public static async open(folder: string | undefined): Promise<PlanShelf> {
    const files = folder === undefined ? [] : await filesOf(folder);
    const read = await Promise.all(files.map((file) => readListed(join(folder ?? '', file), file)));
    const names = new Set<string>();
    const listed = read.map((one): ListedPlan => {
      const name = one.ok ? one.plan.name : one.name;
      if (!names.has(name)) {
        names.add(name);
        return one;
      }
      const message = `another file has a plan called ${name}; expected a name of its own`;
      return broken(one.source, name, message);
    });
    const builtIn: ListedPlan = { ok: true, source: 'built-in', plan: builtInPlan() };
    return new PlanShelf(names.has(builtInName) ? listed : [builtIn, ...listed]);
  }

  public get all(): readonly ListedPlan[] {
    return this.listed;
  }

  /** What is wrong with which file, a sentence each. */
  public get problems(): readonly string[] {
    return this.listed.flatMap((one) =>
      one.ok
        ? []
        : one.problems.map(
            ({ file, line, column, message }) =>
              `The rollout plan ${file} cannot be followed: line ${line}, column ${column}: ${message}.`,
          ),
    );
  }

  public get names(): readonly string[] {
    return this.listed.map((one) => (one.ok ? one.plan.name : one.name));
  }

  /** @throws UnknownPlan, BrokenPlan */
  public plan(name: string = builtInName): Plan {
    const found = this.listed.find((one) => (one.ok ? one.plan.name : one.name) === name);
    if (found === undefined) throw new UnknownPlan(name, nearestNames(name, this.names));
    if (found.ok) return found.plan;
    throw new BrokenPlan(name, found.problems);
  }
}

async function filesOf(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((file) => yamlFile.test(file)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function readListed(path: string, source: string): Promise<ListedPlan> {
  const name = basename(source).replace(yamlFile, '');
  try {
    const text = await readFile(path, 'utf8');
    if (text.length > largestFile) return broken(source, name, 'the file is larger than 256 KiB');
    const read = readPlan(text, source, name);
    return read.ok
      ? { ok: true, source, plan: read.plan }
      : { ok: false, source, name, problems: read.problems };
  } catch (error) {
    return broken(
      source,
      name,
      `the file cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function broken(source: string, name: string, message: string): ListedPlan {
  return { ok: false, source, name, problems: [{ file: source, line: 1, column: 1, message }] };
}
