/** The smoke tests of deployments while they run: one run a deployment, begun by one turn and taken up by a later one. */
import type { SmokeResult } from '../../smoke/SmokeTest.js';
import type { RunSmoke } from './work.js';

interface Run {
  readonly abort: AbortController;
  readonly ended: Promise<void>;
  detail: string;
  results: readonly SmokeResult[] | undefined;
}

export class TryingOut {
  private readonly runs = new Map<string, Run>();

  /** @param ended something came to its end */
  public constructor(
    private readonly run: RunSmoke,
    private readonly ended: () => void,
  ) {}

  /** Begins where nothing was begun. @returns what it came to; undefined while it runs */
  public look(deployment: string): readonly SmokeResult[] | undefined {
    const run = this.runs.get(deployment);
    if (run === undefined) this.begin(deployment);
    return run?.results;
  }

  /** How far it is; empty where it is not run here. */
  public detail(deployment: string): string {
    return this.runs.get(deployment)?.detail ?? '';
  }

  /** What it came to was written down, or is nobody's any more. */
  public forget(deployment: string): void {
    this.runs.get(deployment)?.abort.abort();
    this.runs.delete(deployment);
  }

  /** Lets everything go; resolves when nothing of it is still at work. */
  public async rest(): Promise<void> {
    const runs = [...this.runs.values()];
    this.runs.clear();
    for (const { abort } of runs) abort.abort();
    await Promise.all(runs.map(({ ended }) => ended));
  }

  private begin(deployment: string): void {
    const abort = new AbortController();
    const run: Run = { abort, detail: '', results: undefined, ended: Promise.resolve() };
    const progress = (detail: string): void => void (run.detail = detail);
    const ended = this.run({ signal: abort.signal, progress }).then(
      (results) => this.came(deployment, run, results),
      (error: unknown) => this.came(deployment, run, [broken(error)]),
    );
    this.runs.set(deployment, Object.assign(run, { ended }));
  }

  private came(deployment: string, run: Run, results: readonly SmokeResult[]): void {
    if (this.runs.get(deployment) !== run) return;
    run.results = results;
    this.ended();
  }
}

function broken(error: unknown): SmokeResult {
  const why = error instanceof Error ? error.message : String(error);
  const sentence = `The smoke tests could not be run: ${why}`;
  return { name: 'smoke', verdict: 'failed', tookMs: 0, findings: [], sentence };
}
