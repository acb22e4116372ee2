/**
 * What a decorated object is to Sapphire, told by the store it belongs to: `instanceof` fails where the host and this package
 * were loaded in two formats.
 */
import type { Command, InteractionHandler, Listener } from '@sapphire/framework';

export function isCommand(instance: unknown): instance is Command {
  return storeOf(instance) === 'commands';
}

export function isInteractionHandler(instance: unknown): instance is InteractionHandler {
  return storeOf(instance) === 'interaction-handlers';
}

export function isListener(instance: unknown): instance is Listener {
  return storeOf(instance) === 'listeners';
}

function storeOf(instance: unknown): unknown {
  return (instance as { readonly store?: { readonly name?: unknown } } | null | undefined)?.store?.name;
}
