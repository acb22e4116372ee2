/** Tells people that a command of the host hangs on a flag that is off here, in each of the ways a command can be denied. */
import {
  Events,
  Listener,
  type ChatInputCommandDeniedPayload,
  type ContextMenuCommandDeniedPayload,
  type MessageCommandDeniedPayload,
  type UserError,
} from '@sapphire/framework';
import {
  SubcommandPluginEvents,
  type ChatInputSubcommandDeniedPayload,
  type MessageSubcommandDeniedPayload,
} from '@sapphire/plugin-subcommands';
import { refuseFeature, type Told } from '../lib/discord/refuseFeature.js';
import { featureDisabledIdentifier } from '../preconditions/FeatureEnabled.js';

type Payload =
  | ChatInputCommandDeniedPayload
  | ContextMenuCommandDeniedPayload
  | MessageCommandDeniedPayload
  | ChatInputSubcommandDeniedPayload
  | MessageSubcommandDeniedPayload;

abstract class FeatureDisabledListener extends Listener {
  public async run({ identifier, message, context }: UserError, payload: Payload): Promise<void> {
    if (identifier !== featureDisabledIdentifier) return;
    // Not silent: the host words it.
    if (!(context as { readonly silent: boolean }).silent) return;
    const asked: Told = 'interaction' in payload ? payload.interaction : payload.message;
    await refuseFeature(asked, message);
  }
}

type ListenerClass = new (context: Listener.LoaderContext) => Listener;

const on = (event: string): ListenerClass =>
  class extends FeatureDisabledListener {
    public constructor(context: Listener.LoaderContext) {
      super(context, { event });
    }
  };

/** By the names they are loaded under. */
export const featureDisabledListeners = {
  RolloutsChatInputFeatureDisabled: on(Events.ChatInputCommandDenied),
  RolloutsContextMenuFeatureDisabled: on(Events.ContextMenuCommandDenied),
  RolloutsMessageFeatureDisabled: on(Events.MessageCommandDenied),
  RolloutsChatInputSubcommandFeatureDisabled: on(SubcommandPluginEvents.ChatInputSubcommandDenied),
  RolloutsMessageSubcommandFeatureDisabled: on(SubcommandPluginEvents.MessageSubcommandDenied),
} as const;
