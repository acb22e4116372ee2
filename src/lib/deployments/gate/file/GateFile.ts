/** `deployment-gate.yaml` as the house uses it, after it was checked. */
import type { ArgumentVector } from '../../file/DeploymentsFile.js';
import type { Criterion } from '../criteria/Criterion.js';

export interface GateStage {
  readonly name: string;
  /** As it stands in the file. */
  readonly command: string;
  /** Run one after the other, as long as each ends well. */
  readonly sequence: readonly ArgumentVector[];
  /** All of them must be met. Empty: the exit code alone decides. */
  readonly criteria: readonly Criterion[];
  /** For the whole sequence; ms of real time. */
  readonly timeoutMs: number;
  /** Absolute. */
  readonly cwd: string;
  /** Names of environment variables that the command is given beside PATH, HOME and the language. */
  readonly env: readonly string[];
  /** Files or folders, from {@link cwd}; `stdout` is what the command printed. Undefined: the usual places. */
  readonly reports: readonly string[] | undefined;
  /** The measure -> where it stands in a JSON report, keys and indices joined by dots. */
  readonly measures: Readonly<Record<string, string>>;
  /** Codes that say that the command did its work. Undefined: 0, and 1 of a scanner that found something. */
  readonly exitCodes: readonly number[] | undefined;
}

export interface GateFile {
  readonly stages: readonly GateStage[];
  /** The file that keeps the baseline; absolute. */
  readonly baseline: string;
}
