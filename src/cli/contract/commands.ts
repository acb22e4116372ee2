import type { Command } from 'commander';
import type { AddCommand, RunCommand } from '../commands.js';
import type { Terminal } from '../Terminal.js';
import { checkContract, contractFile, recordContract } from './contract.js';
import type { Sources } from './gather.js';

interface Flags extends Sources {
  readonly json?: boolean;
  readonly against: string;
  readonly file: string;
  readonly report?: string;
}

export function addContractCommands(
  program: Command,
  add: AddCommand,
  run: RunCommand,
  terminal: Terminal,
): void {
  const contract = program
    .command('contract')
    .description('What people, operators and other bots rely on: commands, settings, exports.');
  withSources(
    add(contract, 'record', 'Writes down what there is now, for the next release to be compared with.'),
  )
    .option('--file <path>', 'where it is written', contractFile)
    .action(({ json, file, ...sources }: Flags) => run(json, () => recordContract(file, sources)));
  withSources(
    add(contract, 'check', 'Says what of the recorded contract no longer holds, and whom that breaks.'),
  )
    .option('--against <file>', 'what was recorded', contractFile)
    .option('--report <file>', 'write the report there, too: JUnit XML for .xml, else JSON')
    .action(({ json, ...flags }: Flags) => run(json, () => checkContract(terminal, flags)));
}

function withSources(command: Command): Command {
  return command
    .option('--package <folder>', 'the folder with package.json and .env.example', '.')
    .option('--commands <file>', "JSON of your bot's commands as it registers them; else the plugin's own")
    .option('--replies <file>', 'JSON of recorded replies by what was typed')
    .option('--no-exports', 'leave out what the package exports');
}
