/**
 * The port through which another version of the bot is brought back: PM2, Kubernetes, or commands of one's own. A driver is
 * chosen in `deployments.yaml`; without one, rollbacks turn flags off and touch no process.
 */
export interface DriverRun {
  /** How far it is, one short sentence. */
  progress(detail: string): void;
  /** Aborted at the deadline or where the lease was lost. */
  readonly signal: AbortSignal;
}

/**
 * Every method is idempotent: called again after a crash half-way it goes on or finds its work done. What is thrown is a
 * RolloutError with a sentence for people: DriverFailed, or ProgramFailed from a program that was run.
 */
export interface Driver {
  readonly name: 'pm2' | 'kubernetes' | 'command';
  /** Release that `bringUp` brings back; undefined where the driver cannot know it. */
  readonly stableRelease: string | undefined;
  /** The dry run: what each step would do now, in words. */
  plan(): Promise<readonly string[]>;
  /** Brings the previous version up and waits until it is ready. The new version is not touched. @returns one sentence */
  bringUp(run: DriverRun): Promise<string>;
  /** Sends HTTP traffic to the previous version, where the driver steers any. @returns one sentence */
  switchTraffic(run: DriverRun): Promise<string>;
  /** Takes the new version down. @returns one sentence */
  takeDown(run: DriverRun): Promise<string>;
  /** Is it as a finished rollback leaves it? @returns what was looked at, one line each */
  verify(run: DriverRun): Promise<readonly DriverFact[]>;
  /** The way back: the new version up and ready, traffic to it, the previous one down. @returns one sentence */
  undo(run: DriverRun): Promise<string>;
}

export interface DriverFact {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
}
