/** Types a command at the bot's own command chain (preconditions, the command, its listeners) and says what became of it. */
import { Events, UserError } from '@sapphire/framework';
import { SubcommandPluginEvents } from '@sapphire/plugin-subcommands';
import type { Client } from 'discord.js';
import { RolloutError } from '../../core/RolloutError.js';
import { outside } from '../../health/recording/currentRun.js';
import { Forbidden, forbiddenIdentifier } from '../rights.js';
import type { Shown } from './ReplySink.js';
import { syntheticCommand, type Standpoint, type TypedCommand } from './syntheticCommand.js';

export interface ProbeResult {
  /** `/feature list` */
  readonly what: string;
  readonly ok: boolean;
  /** Where it is not: why. */
  readonly detail: string;
  readonly shown: readonly Shown[];
  /** Why it was refused, by a precondition or by the command, where that is an ordinary answer; with what to do next. */
  readonly refusal:
    | {
        readonly message: string;
        readonly next: string | undefined;
        /** It was refused for who asked, not for what was asked. */
        readonly isForWho: boolean;
      }
    | undefined;
}

export interface ProbeOptions {
  readonly client: Client<true>;
  readonly standpoint: Standpoint;
  /** Real time, ms since epoch. */
  readonly now: number;
  /** Aborted where nobody waits for it any more. */
  readonly signal: AbortSignal;
}

/**
 * It counts for no rollout, and nothing is sent to Discord. The chain is entered where the framework hands a slash command
 * to its commands: raw `interactionCreate` listeners of the host do not see it.
 */
export async function probeCommand(typed: TypedCommand, options: ProbeOptions): Promise<ProbeResult> {
  const { client, standpoint, now, signal } = options;
  const what = `/${typed.command}${typed.subcommand === undefined ? '' : ` ${typed.subcommand}`}`;
  const made = syntheticCommand(client, typed, standpoint, now);
  const ends = new Ends(client, made.interaction);
  try {
    const trouble = await ends.of(
      () => outside(() => client.emit(Events.PossibleChatInputCommand, made.interaction)),
      AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    );
    const { shown } = made.sink;
    const refusal = made.notes.refusal ?? ends.denial;
    const why =
      trouble ?? refusal?.message ?? (shown.length === 0 ? 'It ended without an answer.' : undefined);
    return {
      what,
      ok: why === undefined,
      detail: why ?? '',
      shown,
      refusal: refusal && {
        ...{ message: refusal.message, next: nextOf(refusal), isForWho: isForWho(refusal) },
      },
    };
  } finally {
    made.forget();
  }
}

/**
 * Real time. A precondition that throws ends nothing that can be told from outside: it is seen by this.
 */
const patienceMs = 5_000;

/** Waits for the end of one command among everybody else's. */
class Ends {
  /** What a precondition said. */
  public denial: Error | undefined;
  private trouble: string | undefined;

  public constructor(
    private readonly client: Client<true>,
    private readonly interaction: object,
  ) {}

  /** What went wrong, if anything did; undefined where it ran to its end. */
  public async of(begin: () => void, signal: AbortSignal): Promise<string | undefined> {
    const watching: (() => void)[] = [];
    const on = (event: string, act: (...args: unknown[]) => void): void => {
      const listener = (...args: unknown[]): void => {
        if (args.some((arg) => this.isMine(arg))) act(...args);
      };
      const emitter: NodeJS.EventEmitter = this.client;
      emitter.on(event, listener);
      watching.push(() => emitter.off(event, listener));
    };
    try {
      return await new Promise<string | undefined>((resolve) => {
        const endWith = (why: (error: unknown) => string) => (error: unknown) => resolve(why(error));
        const note = (why: (error: unknown) => string) => (error: unknown) => {
          this.trouble ??= why(error);
        };
        on(Events.UnknownChatInputCommand, () => resolve('The bot has no command of this name.'));
        on(Events.CommandDoesNotHaveChatInputCommandHandler, () =>
          resolve('It is no slash command in the bot.'),
        );
        const deny = (error: unknown): string => {
          if (error instanceof Error) this.denial = error;
          return denied(error);
        };
        on(Events.ChatInputCommandDenied, endWith(deny));
        on(Events.ChatInputCommandError, note(failed));
        on(SubcommandPluginEvents.ChatInputSubcommandDenied, note(deny));
        on(SubcommandPluginEvents.ChatInputSubcommandError, note(failed));
        on(
          SubcommandPluginEvents.ChatInputSubcommandNoMatch,
          note(() => 'It has no such subcommand.'),
        );
        on(Events.ChatInputCommandFinish, () => resolve(this.trouble));
        if (signal.aborted) resolve(unanswered);
        signal.addEventListener('abort', () => resolve(unanswered), { once: true });
        begin();
      });
    } finally {
      for (const stop of watching) stop();
    }
  }

  /** Payloads carry their interaction, at the top or one level down. */
  private isMine(arg: unknown): boolean {
    if (arg === this.interaction) return true;
    return isObject(arg) && Object.values(arg).some((value) => value === this.interaction);
  }
}

const unanswered = `It did not end within ${patienceMs / 1000} s: look into the log for what a precondition threw.`;

function isForWho(error: Error): boolean {
  return (
    error instanceof Forbidden || (error instanceof UserError && error.identifier === forbiddenIdentifier)
  );
}

function nextOf(error: Error): string | undefined {
  return error instanceof RolloutError ? error.next : undefined;
}

function failed(error: unknown): string {
  return `It failed: ${messageOf(error)}`;
}

function denied(error: unknown): string {
  return `A precondition denied it: ${messageOf(error)}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
