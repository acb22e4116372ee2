/** A folder with a gate file and small programs of its own, as a team's repository has them. */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../../../src/lib/core/Clock.js';
import { readGateFile } from '../../../../src/lib/deployments/gate/file/readGateFile.js';
import type { GateResult, StageResult } from '../../../../src/lib/deployments/gate/GateResult.js';
import { runGate, type GateOptions } from '../../../../src/lib/deployments/gate/runGate.js';

export interface Ground {
  readonly folder: string;
  /** Writes a file, with the folders above it. */
  write(path: string, text: string): Promise<void>;
  /** A program in `bin`, which PATH begins with; its code is JavaScript (CommonJS). */
  program(name: string, code: string): Promise<void>;
  gate(yaml: string, options?: Partial<GateOptions>): Promise<GateResult>;
  /** The result of a gate's only stage, whose command is `check`. */
  check(code: string, settings?: string, options?: Partial<GateOptions>): Promise<StageResult>;
}

/** Undone after the test. */
export async function breakGround(): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'gate-'));
  const path = process.env['PATH'] ?? '';
  process.env['PATH'] = `${join(folder, 'bin')}:${path}`;
  onTestFinished(async () => {
    process.env['PATH'] = path;
    await rm(folder, { recursive: true });
  });
  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  };
  const program = async (name: string, code: string): Promise<void> => {
    await write(join('bin', name), `#!${process.execPath}\n${code}\n`);
    await chmod(join(folder, 'bin', name), 0o755);
  };
  const gate = async (yaml: string, options: Partial<GateOptions> = {}): Promise<GateResult> => {
    await write('deployment-gate.yaml', yaml);
    return runGate(await readGateFile(join(folder, 'deployment-gate.yaml')), {
      ...{ release: '1.4.0', commit: null, signal: new AbortController().signal, clock: systemClock },
      ...options,
    });
  };
  return {
    ...{ folder, write, program, gate },
    check: async (code, settings = '', options = {}) => {
      await program('check', code);
      const lines = settings.split('\n').map((line) => `    ${line}`);
      const { stages } = await gate(
        `stages:\n  - name: checks\n    command: check\n${lines.join('\n')}\n`,
        options,
      );
      const [only] = stages;
      if (only === undefined) throw new Error('There is no stage.');
      return only;
    },
  };
}

/** Code of a program that writes a file into its working directory. */
export function writes(file: string, text: string): string {
  return `require('node:fs').writeFileSync(${JSON.stringify(file)}, ${JSON.stringify(text)});`;
}
