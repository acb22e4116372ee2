/** Our commands that only read, under the names that the host gave them: they can be tried at any time. */
import type { RolloutsConfig } from '../../../config/Config.js';
import type { TypedCommand } from '../probing/syntheticCommand.js';

type Named = Pick<RolloutsConfig, 'commands'>;
type Own = keyof NonNullable<RolloutsConfig['commands']>;

const reading: readonly (TypedCommand & { readonly command: Own })[] = [
  { command: 'feature', subcommand: 'list' },
  { command: 'feature', subcommand: 'history' },
  { command: 'cohort', subcommand: 'list' },
  { command: 'rollout', subcommand: 'list' },
  { command: 'rollout', subcommand: 'plans' },
  { command: 'rollback', subcommand: 'history' },
  { command: 'rollback', subcommand: 'snapshots' },
  { command: 'deploy', subcommand: 'history' },
  { command: 'freeze', subcommand: 'status' },
  { command: 'smoke', subcommand: 'history' },
  { command: 'smoke', subcommand: 'status' },
  { command: 'scorecard', subcommand: 'show' },
  { command: 'scorecard', subcommand: 'engineering' },
];

/** What people mistype, or ask for after it is gone. */
const mistaken: readonly (TypedCommand & { readonly command: Own })[] = [
  { command: 'feature', subcommand: 'info', options: { name: 'no_such_flag_at_all' } },
  { command: 'rollout', subcommand: 'status', options: { rollout: 'no-such-rollout' } },
  { command: 'rollback', subcommand: 'status', options: { rollback: 'no-such-rollback' } },
  { command: 'deploy', subcommand: 'status', options: { deployment: 'no-such-deployment' } },
  { command: 'smoke', subcommand: 'run', options: { test: 'no-such-test' } },
  { command: 'feature', subcommand: 'kill', options: { name: 'no_such_flag_at_all' } },
];

/** Those that the host left out are left out. */
function under({ commands = {} }: Named, typed: typeof reading): readonly TypedCommand[] {
  return typed.flatMap((each) => {
    const command = commands[each.command] ?? each.command;
    return command === false ? [] : [{ ...each, command }];
  });
}

export function readingCommands(config: Named): readonly TypedCommand[] {
  return under(config, reading);
}

/** One that reads of each command, and those that can do nothing since what they speak of does not exist. */
export function harmlessCommands(config: Named): readonly TypedCommand[] {
  const first = reading.filter(
    ({ command }, at) => reading.findIndex((one) => one.command === command) === at,
  );
  return under(config, [...first, ...mistaken]);
}

export function mistakenCommands(config: Named): readonly TypedCommand[] {
  return under(config, mistaken);
}
