/** Brings the previous version back by commands of the host's own, from `deployments.yaml` and from nowhere else. */
import type { Logger } from '../../../core/Logger.js';
import type { Driver, DriverFact, DriverRun } from '../../Driver.js';
import type { ArgumentVector, CommandSettings } from '../../file/DeploymentsFile.js';
import { DriverFailed, ProgramFailed } from '../errors.js';
import { run as runProgram } from '../run.js';

export interface CommandDriverOptions {
  readonly settings: CommandSettings;
  /** The programs' output goes here, line by line. */
  readonly logger: Logger;
}

export class CommandDriver implements Driver {
  public readonly name = 'command';

  public constructor(private readonly options: CommandDriverOptions) {}

  public get stableRelease(): string | undefined {
    return this.options.settings.release;
  }

  public async plan(): Promise<readonly string[]> {
    const { bringUp, switchTraffic, takeDown } = this.options.settings;
    return [
      `Bring the previous version up: ${shown(bringUp)}`,
      switchTraffic === undefined
        ? 'No HTTP traffic is switched.'
        : `Then switch HTTP traffic: ${shown(switchTraffic)}`,
      `Then take the new version down: ${shown(takeDown)}`,
    ];
  }

  public async bringUp(run: DriverRun): Promise<string> {
    await this.execute(this.options.settings.bringUp, run);
    return 'The command that brings the previous version up has succeeded.';
  }

  public async switchTraffic(run: DriverRun): Promise<string> {
    const { switchTraffic } = this.options.settings;
    if (switchTraffic === undefined) return 'No command switches HTTP traffic: nothing to switch.';
    await this.execute(switchTraffic, run);
    return 'The command that switches HTTP traffic has succeeded.';
  }

  public async takeDown(run: DriverRun): Promise<string> {
    await this.execute(this.options.settings.takeDown, run);
    return 'The command that takes the new version down has succeeded.';
  }

  public async verify(run: DriverRun): Promise<readonly DriverFact[]> {
    const { verify } = this.options.settings;
    if (verify === undefined) return [];
    const what = 'your own check (driver.verify)';
    try {
      await this.execute(verify, run);
      return [{ what, ok: true, detail: 'exit code 0' }];
    } catch (error) {
      // What it answers is the fact; that it could not be asked is a failure.
      if (!(error instanceof ProgramFailed) || error.exitCode === null || run.signal.aborted) throw error;
      return [{ what, ok: false, detail: error.message }];
    }
  }

  public async undo(run: DriverRun): Promise<string> {
    const { undo } = this.options.settings;
    if (undo === undefined) {
      throw new DriverFailed('deployments.yaml names no command for the way back to the new version.', {
        next: 'Add driver.undo and start the bot again, or bring the new version up by hand.',
      });
    }
    await this.execute(undo, run);
    return 'The command for the way back to the new version has succeeded.';
  }

  private async execute(vector: ArgumentVector, run: DriverRun): Promise<void> {
    const { settings, logger } = this.options;
    const onLine = (line: string): void => {
      logger.info(`${vector[0]}: ${line}`);
      run.progress(line.slice(0, 200));
    };
    await runProgram(vector, { signal: run.signal, env: settings.env, onLine });
  }
}

/** As it stands in the file, so that a person can compare; long ones are cut. */
function shown(vector: ArgumentVector): string {
  const line = vector.map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : JSON.stringify(word))).join(' ');
  return line.length <= 200 ? line : `${line.slice(0, 199)}…`;
}
