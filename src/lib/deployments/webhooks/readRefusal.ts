/** An answer of the bot's (or of whatever stands in front of it) that is no "taken" -> what a person at a CI log needs to know. */
import { z } from 'zod';

export interface Refusal {
  /** What was answered, as one or more whole sentences. */
  readonly why: string;
  readonly next: string | undefined;
  /** It may well go better in a moment. */
  readonly mayPass: boolean;
  /** The bot understood what it was told and will not have it; anything else: it does not know of it. */
  readonly isFinal: boolean;
  /** The bot's own word for it; undefined where it was not the bot that answered. */
  readonly code: string | undefined;
}

const answer = z.object({
  message: z.string(),
  next: z.string().optional(),
  code: z.string().optional(),
});

/** @param origin the address that was asked, for the sentence */
export function readRefusal(origin: string, status: number, body: string): Refusal {
  const said = answer.safeParse(jsonOf(body));
  const own = said.success ? said.data : undefined;
  const at = `HTTP ${status}`;
  const why =
    own === undefined
      ? `${origin} answered with ${at}, and not in the bot's words.`
      : `The bot at ${origin} refused it (${at}). ${own.message}`;
  const base = { why, code: own?.code, isFinal: false, mayPass: status === 429 || status >= 500 };
  switch (status) {
    case 400:
    case 413:
      return {
        ...base,
        isFinal: own !== undefined,
        next: own?.next ?? 'Correct what is sent; the command line and the bot should be of one version.',
      };
    case 401:
    case 403:
      return {
        ...base,
        next: "Sign with the bot's own DEPLOYMENT_WEBHOOK_SECRET, and look whether this machine's clock is right.",
      };
    case 404:
      return {
        ...base,
        next: 'Give the bot a DEPLOYMENT_WEBHOOK_SECRET: without one it takes nothing. If it has one, this is not its address.',
      };
    case 409:
      return { ...base, isFinal: own !== undefined, next: own?.next ?? elsewhere };
    default:
      return {
        ...base,
        next: own?.next ?? (own === undefined ? elsewhere : "The bot's log says more."),
      };
  }
}

const elsewhere =
  'Look at what stands between here and the bot (a proxy, a firewall), and whether ROLLOUTS_URL is its address.';

function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
