/** Posts a signed event to the bot's `/hooks/deployments`, from where the source is. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../core/Clock.js';
import { RolloutError, type RolloutErrorOptions } from '../../core/RolloutError.js';
import { readRefusal, type Refusal } from './readRefusal.js';
import { sign, signatureHeader, timestampHeader } from './signature.js';

/** The bot could not be told: it is away, its address or the secret is wrong. */
export class NotPosted extends RolloutError {
  public readonly code: string = 'NOT_POSTED';

  public constructor(message: string, options: RolloutErrorOptions = {}) {
    super(message, options);
  }
}

/** The bot was told, understood, and refused. */
export class RefusedByBot extends NotPosted {
  public override readonly code = 'REFUSED_BY_BOT';
}

/** The bot does not know of what it should have been told, and nobody refused anything: a pipeline may want to go on. */
export const isUntold = (error: unknown): boolean =>
  error instanceof NotPosted && !(error instanceof RefusedByBot);

export interface PostOptions {
  /** The bot's address, or that of the route itself. */
  readonly url: string;
  readonly secret: string;
  /** Real time: the signature holds for five minutes. */
  readonly clock: Clock;
  readonly fetch?: typeof fetch;
  /** Waits before the next try, ms. @default [1000, 3000] */
  readonly patience?: readonly number[];
}

export const deploymentsRoute = '/hooks/deployments';

const tryMs = 10_000;
/** Of an answer; the bot's own are far below. */
const answerCharacters = 4_000;
/** What the bot takes. */
export const largestBody = 256 * 1024;

/**
 * Tries again where the bot was away; a try that is repeated is signed anew.
 *
 * @throws {RefusedByBot} where the bot said no. {@link NotPosted} where it does not know of it
 */
export async function postEvent(event: object, options: PostOptions): Promise<void> {
  const address = addressOf(options.url);
  const body = JSON.stringify(event);
  if (Buffer.byteLength(body) > largestBody)
    throw new NotPosted('The message is larger than the 256 KiB that the bot takes.');
  const waits = options.patience ?? [1_000, 3_000];
  for (let attempt = 0; ; attempt++) {
    const refusal = await post(address, body, options);
    if (refusal === undefined) return;
    // The try before was taken after all, and only its answer was lost.
    if (attempt > 0 && refusal.code === 'REPLAYED') return;
    const wait = waits[attempt];
    if (wait === undefined || !refusal.mayPass) {
      const { why, next, isFinal, code } = refusal;
      throw new (isFinal ? RefusedByBot : NotPosted)(why, {
        ...(next !== undefined && { next }),
        context: { code },
      });
    }
    await pause(wait);
  }
}

function addressOf(url: string): URL {
  const address = URL.canParse(url) ? new URL(url) : undefined;
  if (address === undefined || !/^https?:$/.test(address.protocol))
    throw new NotPosted(`${url} is no http:// or https:// address.`, {
      next: 'Give the address at which the bot is reached, for example https://bot.example.org.',
    });
  if (address.pathname === '/') address.pathname = deploymentsRoute;
  return address;
}

async function post(
  address: URL,
  body: string,
  { secret, clock, fetch: send = fetch }: PostOptions,
): Promise<Refusal | undefined> {
  const { timestamp, signature } = sign(body, secret, clock.now());
  try {
    const answer = await send(address, {
      method: 'POST',
      body,
      headers: {
        'Content-Type': 'application/json',
        [timestampHeader]: timestamp,
        [signatureHeader]: signature,
      },
      // A message that is signed for one address is not carried on to another.
      redirect: 'error',
      signal: AbortSignal.timeout(tryMs),
    });
    const text = (await answer.text()).slice(0, answerCharacters);
    return answer.ok ? undefined : readRefusal(address.origin, answer.status, text);
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const why = cause instanceof Error ? cause.message : String(cause);
    return {
      why: isLate
        ? `${address.origin} did not answer within ${tryMs / 1_000} s.`
        : `${address.origin} cannot be reached: ${why}.`,
      next: 'Look whether the bot runs and its HTTP port can be reached from here.',
      ...{ mayPass: true, isFinal: false, code: undefined },
    };
  }
}
