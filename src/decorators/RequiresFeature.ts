/** Lets code of the host run only where a flag is on. */
import { container, type Command } from '@sapphire/framework';
import { guildOf } from '../lib/discord/guildOf.js';
import { refuseFeature, canBeTold } from '../lib/discord/refuseFeature.js';
import { currentRun } from '../lib/health/recording/currentRun.js';
import { featureDisabledMessage } from '../preconditions/FeatureEnabled.js';
import { decorator, inPlaceOf, onConstruction, type ClassOrMethodDecorator } from './decorator.js';
import { isCommand, isInteractionHandler, isListener } from './pieces.js';

export interface RequiresFeatureOptions {
  /** What a person is told where it is off. @default "This is not available here yet." */
  readonly message?: string;
  /**
   * The guild to ask for, from the method's arguments; null = none. For methods that get neither an interaction nor a message
   * nor anything else that has a `guildId` or a `guild`.
   */
  readonly guildOf?: (...args: readonly unknown[]) => string | null;
}

/**
 * On a command, an interaction handler, a listener, or a method of one (as a subcommand's): where the flag is off for the
 * guild it does not run. A person who used a command, a button or a form is told so, once, by a message that only they see;
 * listeners stay silent. Works with `experimentalDecorators` and with standard decorators.
 *
 * @example
 * \@RequiresFeature('service_layer')
 * export class GreetCommand extends Command { … }
 */
export function RequiresFeature(flag: string, options: RequiresFeatureOptions = {}): ClassOrMethodDecorator {
  return decorator({
    class: (target) => onConstruction(target, (piece) => gatePiece(piece, flag, options)),
    method: (method) => gated(method as Run, flag, options),
  });
}

type Run = (this: unknown, ...args: unknown[]) => unknown;

function gatePiece(piece: object, flag: string, options: RequiresFeatureOptions): void {
  if (isCommand(piece)) gateCommand(piece, flag, options);
  else if (isInteractionHandler(piece) || isListener(piece)) {
    Object.assign(piece, { run: gated(Reflect.get(piece, 'run') as Run, flag, options) });
  } else {
    throw new TypeError(
      `@RequiresFeature('${flag}') stands on ${piece.constructor.name}, which is neither a command nor an interaction handler nor a listener. Put it on the method instead.`,
    );
  }
}

/** As a precondition: refusals are Sapphire's own, in the order of the host's other preconditions. */
function gateCommand(command: Command, flag: string, options: RequiresFeatureOptions): void {
  const { message } = options;
  command.preconditions.append({ name: 'FeatureEnabled', context: { flag, message } });
  const suggest: unknown = Reflect.get(command, 'autocompleteRun');
  if (typeof suggest !== 'function') return;
  Object.assign(command, { autocompleteRun: gated(suggest as Run, flag, options) });
}

function gated(run: Run, flag: string, options: RequiresFeatureOptions): Run {
  const { message = featureDisabledMessage, guildOf: ownGuildOf = (...args) => guildOf(args) } = options;
  return inPlaceOf(run, function (this: unknown, ...args: unknown[]): unknown {
    if (isOn(flag, ownGuildOf(...args))) return run.apply(this, args);
    currentRun()?.mark('refused');
    const asked = args.find(canBeTold);
    if (asked === undefined || isListener(this)) return undefined;
    return refuseFeature(asked, message);
  }) as Run;
}

function isOn(flag: string, guildId: string | null): boolean {
  const { rollouts } = container;
  if (rollouts === undefined) {
    throw new Error(
      `@RequiresFeature('${flag}') needs the plugin: import 'sapphire-plugin-rollouts/register', and give the client \`rollouts\` options.`,
    );
  }
  return rollouts.flags.isEnabled(flag, guildId);
}
