/** Marks code of the host as about to go. */
import type { Command } from '@sapphire/framework';
import {
  type Deprecation,
  type DeprecatedOptions,
  describeDeprecation,
} from '../lib/deprecations/Deprecation.js';
import { deprecate, noteUse, rename } from '../lib/deprecations/registry.js';
import { warnOnce } from '../lib/deprecations/warn.js';
import { noteDeprecation } from '../lib/discord/noteDeprecation.js';
import { canBeTold, type Told } from '../lib/discord/refuseFeature.js';
import {
  type AnyMethod,
  decorator,
  inPlaceOf,
  onConstruction,
  type ClassOrMethodDecorator,
} from './decorator.js';
import { isCommand } from './pieces.js';

type Run = (this: unknown, ...args: unknown[]) => unknown;

/**
 * On a command, or a subcommand's method: who uses it is told after its answer, once a day, what takes its place. On any
 * other method or class: Node's DeprecationWarning with a code, once a process. Every use is counted: see
 * `container.rollouts.deprecations.list()`, and `/feature info` of its `flag`. Past `removeIn`,
 * {@link assertNoExpiredDeprecations} fails. Works with `experimentalDecorators` and with standard decorators.
 *
 * @example
 * \@Deprecated({ since: '2.3.0', removeIn: '3.0.0', instead: '/greet', flag: 'service_layer' })
 * export class OldGreetCommand extends Command { … }
 * @throws {BadDeprecation}
 */
export function Deprecated(options: DeprecatedOptions): ClassOrMethodDecorator {
  return decorator({
    class: (target) => {
      let known = deprecate(target.name, options);
      return onConstruction(target, (instance) => {
        if (isCommand(instance)) known = deprecateCommand(instance, known);
        else warn(known);
      });
    },
    method: (method, name, owner) => deprecateMethod(method, name, owner, options),
  });
}

function warn(deprecation: Deprecation): void {
  noteUse(deprecation);
  warnOnce(deprecation.what, describeDeprecation(deprecation), deprecation.code);
}

/** @returns the deprecation under the name by which people know the command */
function deprecateCommand(command: Command, deprecation: Deprecation): Deprecation {
  const named = rename(deprecation, `/${command.name}`);
  for (const name of ['chatInputRun', 'contextMenuRun', 'messageRun'] as const) {
    const run: unknown = Reflect.get(command, name);
    if (typeof run !== 'function') continue;
    Object.assign(command, {
      [name]: noted(
        run as Run,
        () => named,
        () => named.what,
      ),
    });
  }
  return named;
}

function deprecateMethod(
  method: AnyMethod,
  name: string,
  owner: () => string | undefined,
  options: DeprecatedOptions,
): AnyMethod {
  const ownName = (): string => [owner(), name].filter((part) => part !== undefined).join('.');
  let known = deprecate(ownName(), options);
  const settled = (): Deprecation => {
    if (known.what !== ownName()) known = rename(known, ownName());
    return known;
  };
  const plain = method as Run;
  const ofCommand = noted(plain, settled, (asked) => commandLine(asked) ?? settled().what);
  return inPlaceOf(method, function (this: unknown, ...args: unknown[]): unknown {
    if (isCommand(this) && args.some(canBeTold)) return ofCommand.apply(this, args);
    warn(settled());
    return plain.apply(this, args);
  });
}

/**
 * Does what `run` does, and then tells the person; a run that throws is the error's to explain.
 *
 * @param shownAs what they know it as
 */
function noted(run: Run, deprecation: () => Deprecation, shownAs: (asked: Told) => string): Run {
  return inPlaceOf(run, async function (this: unknown, ...args: unknown[]): Promise<unknown> {
    const asked = args.find(canBeTold);
    if (asked === undefined) return run.apply(this, args);
    const used = deprecation();
    noteUse(used);
    const result = await run.apply(this, args);
    // Not waited for: the command is done, and its time must not hold the note's.
    void noteDeprecation(asked, { ...used, what: shownAs(asked) });
    return result;
  }) as Run;
}

/** `/greet old`; undefined where it was no slash command. */
function commandLine(asked: Told): string | undefined {
  if (!('isChatInputCommand' in asked) || !asked.isChatInputCommand()) return undefined;
  const { commandName, options } = asked;
  const parts = [options.getSubcommandGroup(false), options.getSubcommand(false)].filter(
    (part) => part !== null,
  );
  return [`/${commandName}`, ...parts].join(' ');
}
