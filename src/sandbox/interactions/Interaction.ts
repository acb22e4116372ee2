/** One interaction from the moment a person acted until its token is worthless. */
import type { APIModalInteractionResponseCallbackData } from 'discord-api-types/v10';
import type { Channel, Guild, Message, MessageOrigin, User } from '../world/model.js';

export interface Choice {
  readonly name: string;
  readonly value: string | number;
}

/** What the person gets to see. */
export type Outcome =
  | { readonly kind: 'message'; readonly message: Message }
  | {
      readonly kind: 'modal';
      readonly modal: APIModalInteractionResponseCallbackData;
      readonly interaction: Interaction;
    }
  | { readonly kind: 'choices'; readonly choices: readonly Choice[] };

/** What Discord's client shows in red where the bot failed the person. */
export class ClientError extends Error {
  public constructor(message: string) {
    super(message);
    this.name = 'ClientError';
  }
}

export interface InteractionFacts {
  readonly id: string;
  readonly token: string;
  /** Discord's number: 2 command, 3 component, 4 autocomplete, 5 modal. */
  readonly type: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly user: User;
  readonly channel: Channel;
  readonly guild: Guild | null;
  /** The message that the pressed component is on. */
  readonly source: Message | null;
  /** The command's path, `feature enable`; null for others. */
  readonly command: string | null;
  /** What opened the modal that is sent. */
  readonly openedBy?: MessageOrigin;
  /** ms since epoch. */
  readonly startedAt: number;
}

type Settler = { resolve: (outcome: Outcome) => void; reject: (error: Error) => void };

export class Interaction {
  /** Discord's number of the first answer; null while there is none. */
  public answeredWith: number | null = null;
  /** The person was told that nothing came: too late for any answer. */
  public isLost = false;
  /** What `@original` means: the first answer, or the message whose component was pressed. */
  public original: Message | null = null;
  /** The modal that the bot opened as the answer. */
  public modal: APIModalInteractionResponseCallbackData | null = null;
  /** Settles with the first answer, even if that only says "thinking". */
  public readonly first: Promise<Outcome>;
  /** Settles when the person sees the real answer. */
  public readonly final: Promise<Outcome>;
  private isFinal = false;
  private readonly settleFirst: Settler;
  private readonly settleFinal: Settler;

  public constructor(public readonly facts: InteractionFacts) {
    [this.first, this.settleFirst] = deferred();
    [this.final, this.settleFinal] = deferred();
  }

  /** True between "thinking" and the answer. */
  public get isOpen(): boolean {
    return !this.isFinal;
  }

  public get origin(): MessageOrigin {
    const { id, type, user, command, source, openedBy } = this.facts;
    return {
      ...{ interactionId: id, interactionType: type, userId: user.id, command },
      ...(source !== null && { pressedId: source.id }),
      ...(openedBy !== undefined && { openedBy }),
    };
  }

  /** The person sees that the bot works on it. */
  public showFirst(outcome: Outcome): void {
    this.settleFirst.resolve(outcome);
  }

  public show(outcome: Outcome): void {
    this.isFinal = true;
    this.settleFirst.resolve(outcome);
    this.settleFinal.resolve(outcome);
  }

  public fail(error: ClientError): void {
    this.isFinal = true;
    this.settleFirst.reject(error);
    this.settleFinal.reject(error);
  }
}

function deferred(): [Promise<Outcome>, Settler] {
  let settler: Settler = { resolve: () => undefined, reject: () => undefined };
  const promise = new Promise<Outcome>((resolve, reject) => (settler = { resolve, reject }));
  // Whoever waits gets the rejection; where nobody waits for this stage, there is nobody to tell.
  promise.catch(() => undefined);
  return [promise, settler];
}
