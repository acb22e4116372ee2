/** A host's bot with one piece of each kind, on the real framework but without a gateway. What a piece does comes with its interaction. */
import {
  Command,
  container,
  InteractionHandler,
  InteractionHandlerTypes,
  Listener,
  LogLevel,
  Precondition,
  SapphireClient,
} from '@sapphire/framework';
import { Subcommand } from '@sapphire/plugin-subcommands';

export const guildId = '200000000000000001';

/** Stands for an interaction or a message: what the framework asks of it, and what the pieces are to do with it. */
export interface Subject {
  readonly guildId: string;
  /** What the piece does. */
  work(): unknown;
  /** What its precondition, or its handler's `parse`, does. */
  before(): unknown;
}

type Doing = { readonly subject: Subject };
const doing = (value: unknown): Subject => (value as Doing).subject;

class Gate extends Precondition {
  public override chatInputRun(interaction: Command.ChatInputCommandInteraction) {
    return this.decide(interaction);
  }

  public override contextMenuRun(interaction: Command.ContextMenuCommandInteraction) {
    return this.decide(interaction);
  }

  public override messageRun(message: Parameters<NonNullable<Precondition['messageRun']>>[0]) {
    return this.decide(message);
  }

  private async decide(value: unknown) {
    return (await doing(value).before()) === 'deny' ? this.error({ message: 'no' }) : this.ok();
  }
}

class Plain extends Command {
  public constructor(context: Command.LoaderContext) {
    super(context, { name: 'plain', description: 'x', preconditions: ['HostGate' as never] });
  }

  public override chatInputRun(interaction: Command.ChatInputCommandInteraction) {
    return doing(interaction).work();
  }

  public override contextMenuRun(interaction: Command.ContextMenuCommandInteraction) {
    return doing(interaction).work();
  }

  public override messageRun(message: Parameters<NonNullable<Command['messageRun']>>[0]) {
    return doing(message).work();
  }

  public override autocompleteRun(interaction: Command.AutocompleteInteraction) {
    return doing(interaction).work();
  }
}

class Split extends Subcommand {
  public constructor(context: Subcommand.LoaderContext) {
    super(context, {
      name: 'split',
      description: 'x',
      subcommands: [
        { name: 'open', chatInputRun: 'act' },
        { name: 'gated', chatInputRun: 'act', preconditions: ['HostGate' as never] },
      ],
    });
  }

  public act(interaction: Subcommand.ChatInputCommandInteraction) {
    return doing(interaction).work();
  }
}

class Press extends InteractionHandler {
  public constructor(context: InteractionHandler.LoaderContext) {
    super(context, { interactionHandlerType: InteractionHandlerTypes.MessageComponent });
  }

  public override async parse(interaction: unknown) {
    return (await doing(interaction).before()) === 'deny' ? this.none() : this.some();
  }

  public run(interaction: unknown) {
    return doing(interaction).work();
  }
}

class Heard extends Listener {
  public constructor(context: Listener.LoaderContext) {
    super(context, { event: 'hostEvent' });
  }

  public run(subject: unknown) {
    return doing(subject).work();
  }
}

/** `loaded` has the stores' pieces; call `load` after whoever wants to see them come in. */
export function startHost(): { readonly client: SapphireClient; load(): Promise<void> } {
  const client = new SapphireClient({
    intents: [],
    baseUserDirectory: null,
    loadMessageCommandListeners: true,
    loadDefaultErrorListeners: false,
    logger: { level: LogLevel.None },
  });
  return {
    client,
    load: async () => {
      const { stores } = container;
      await stores.loadPiece({ name: 'HostGate', piece: Gate, store: 'preconditions' });
      await stores.loadPiece({ name: 'plain', piece: Plain, store: 'commands' });
      await stores.loadPiece({ name: 'split', piece: Split, store: 'commands' });
      await stores.loadPiece({ name: 'Press', piece: Press, store: 'interaction-handlers' });
      await stores.loadPiece({ name: 'Heard', piece: Heard, store: 'listeners' });
      await Promise.all([...stores.values()].map((store) => store.loadAll()));
    },
  };
}

const never = (): boolean => false;
const questions = {
  isChatInputCommand: never,
  isContextMenuCommand: never,
  isAutocomplete: never,
  isMessageComponent: never,
  isModalSubmit: never,
};

/** Ways into a host, each as Discord would open it. */
export const ways = {
  'chat input': (client: SapphireClient, subject: Subject) => {
    client.emit('interactionCreate', {
      ...questions,
      isChatInputCommand: () => true,
      commandName: 'plain',
      guildId: subject.guildId,
      subject,
    } as never);
  },
  'a subcommand': (client: SapphireClient, subject: Subject) => subcommand(client, subject, 'open'),
  'a gated subcommand': (client: SapphireClient, subject: Subject) => subcommand(client, subject, 'gated'),
  'context menu': (client: SapphireClient, subject: Subject) => {
    client.emit('interactionCreate', {
      ...questions,
      isContextMenuCommand: () => true,
      commandName: 'plain',
      guildId: subject.guildId,
      subject,
    } as never);
  },
  'a message': (client: SapphireClient, subject: Subject) => {
    client.emit('preMessageCommandRun', {
      message: { client, guildId: subject.guildId, content: '!plain', subject },
      command: container.stores.get('commands').get('plain'),
      parameters: '',
      context: { commandName: 'plain', commandPrefix: '!', prefix: '!' },
    } as never);
  },
  autocompletion: (client: SapphireClient, subject: Subject) => {
    client.emit('interactionCreate', {
      ...questions,
      isAutocomplete: () => true,
      commandName: 'plain',
      guildId: subject.guildId,
      subject,
    } as never);
  },
  'a button': (client: SapphireClient, subject: Subject) => {
    client.emit('interactionCreate', {
      ...questions,
      isMessageComponent: () => true,
      guildId: subject.guildId,
      subject,
    } as never);
  },
  'a listener': (client: SapphireClient, subject: Subject) => {
    client.emit('hostEvent', { guildId: subject.guildId, subject });
  },
};

export type Way = keyof typeof ways;
export const allWays = Object.keys(ways) as readonly Way[];

/** Ways on which a precondition may deny. */
export const gatedWays: readonly Way[] = ['chat input', 'a gated subcommand', 'context menu', 'a message'];
/** Ways on which something is asked before the work. */
export const askedWays: readonly Way[] = [...gatedWays, 'a button'];

function subcommand(client: SapphireClient, subject: Subject, name: string): void {
  client.emit('interactionCreate', {
    ...questions,
    isChatInputCommand: () => true,
    commandName: 'split',
    guildId: subject.guildId,
    options: { getSubcommand: () => name, getSubcommandGroup: () => null },
    subject,
  } as never);
}
