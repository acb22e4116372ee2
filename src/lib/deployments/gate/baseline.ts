/** The numbers of a release that was good, for criteria such as `response_time <= baseline * 1.1`. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { GateFileWrong } from './errors.js';

const stageBaseline = z.strictObject({
  release: z.string(),
  /** ISO 8601, real time. */
  takenAt: z.iso.datetime(),
  measures: z.record(z.string(), z.number()),
});
const baselineFile = z.strictObject({
  format: z.literal('rollouts-gate-baseline'),
  version: z.literal(1),
  stages: z.record(z.string(), stageBaseline),
});

export type StageBaseline = z.output<typeof stageBaseline>;
/** By the stage's name. */
export type Baseline = ReadonlyMap<string, StageBaseline>;

/** Empty where there is no such file. @throws GateFileWrong */
export async function readBaseline(path: string): Promise<Baseline> {
  try {
    const { stages } = baselineFile.parse(JSON.parse(await readFile(path, 'utf8')));
    return new Map(Object.entries(stages));
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw new GateFileWrong(`${path} is no baseline that the gate wrote, or cannot be read.`, {
      next: 'Restore it, or remove it and set a new one with `rollouts gate --set-baseline`.',
      cause,
    });
  }
}

/** Whole or not at all. */
export async function writeBaseline(path: string, baseline: Baseline): Promise<void> {
  const file: z.input<typeof baselineFile> = {
    format: 'rollouts-gate-baseline',
    version: 1,
    stages: Object.fromEntries(baseline),
  };
  const half = `${path}.${process.pid}.tmp`;
  await writeFile(half, `${JSON.stringify(file, null, 2)}\n`);
  await rename(half, path);
}
