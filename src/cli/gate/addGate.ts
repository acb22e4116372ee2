import type { Command } from 'commander';
import { gateFileName } from '../../lib/deployments/gate/file/readGateFile.js';
import { defaultEnvironment } from '../../lib/deployments/life/checkAnnouncement.js';
import type { Report, Terminal } from '../Terminal.js';
import { gate } from './gate.js';

interface Flags {
  readonly file: string;
  readonly release?: string;
  readonly environment: string;
  readonly setBaseline?: boolean;
  readonly keepGoing?: boolean;
  readonly verbose?: boolean;
  readonly json?: string | boolean;
  readonly post?: string | true;
}

/** `rollouts gate`, into the program. */
export function addGate(
  program: Command,
  terminal: Terminal,
  run: (json: boolean, act: () => Promise<Report>) => Promise<void>,
): void {
  program
    .command('gate')
    .description('Runs the checks before a deployment, and tells the bot how they ended.')
    .option('--file <path>', 'the stages and their success criteria', gateFileName)
    .option(
      '--release <version>',
      'what is to be deployed (default: RELEASE, else the version in package.json)',
    )
    .option('--env, --environment <name>', 'where it is to be deployed', defaultEnvironment)
    .option('--set-baseline', 'keep what is measured as the baseline, if all stages pass')
    .option('--keep-going', 'run what comes after a failed stage, too')
    .option('--verbose', 'show what the commands write')
    .option('--json [file]', 'answer in JSON, or write it to the file')
    .option(
      '--post [url]',
      'send the result, signed with DEPLOYMENT_WEBHOOK_SECRET, to the bot (default: ROLLOUTS_URL)',
    )
    .allowExcessArguments(false)
    .action(({ file, release, environment, json = false, post, ...flags }: Flags) =>
      run(json === true, () =>
        gate(terminal, {
          ...{ file, release, environment, json, post },
          setBaseline: flags.setBaseline === true,
          keepGoing: flags.keepGoing === true,
          verbose: flags.verbose === true,
        }),
      ),
    );
}
