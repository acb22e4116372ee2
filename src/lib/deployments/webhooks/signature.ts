/**
 * How a message to `/hooks/deployments` is signed: HMAC-SHA-256 over the time and the body, so that neither can be changed and an
 * old message is worth nothing. Both sides use this file.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';

export const timestampHeader = 'X-Rollouts-Timestamp';
export const signatureHeader = 'X-Rollouts-Signature';

/** How far the two clocks may be apart, in either direction; s. */
export const windowSeconds = 5 * 60;

export interface Signature {
  /** Seconds since epoch, real time. */
  readonly timestamp: string;
  /** `sha256=` and 64 hexadecimal digits. */
  readonly signature: string;
}

/** @param now real time, ms since epoch */
export function sign(body: string | Uint8Array, secret: string, now: number): Signature {
  const timestamp = String(Math.floor(now / 1_000));
  return { timestamp, signature: signatureOf(timestamp, body, secret) };
}

/** `late`: signed too long ago, or in the future. */
export type Verdict = 'ok' | 'missing' | 'malformed' | 'wrong' | 'late';

/**
 * In the same time whatever is wrong with the signature. Knows nothing of replays within the window: who takes the message
 * remembers its signature for so long.
 *
 * @param body as it came, before anything was parsed
 * @param now real time, ms since epoch
 */
export function verify(
  body: string | Uint8Array,
  { timestamp, signature }: { readonly timestamp?: string; readonly signature?: string },
  secret: string,
  now: number,
): Verdict {
  if (timestamp === undefined || signature === undefined) return 'missing';
  if (!/^\d{1,12}$/.test(timestamp) || !/^sha256=[0-9a-f]{64}$/.test(signature)) return 'malformed';
  const expected = Buffer.from(signatureOf(timestamp, body, secret));
  if (!timingSafeEqual(expected, Buffer.from(signature))) return 'wrong';
  return Math.abs(now / 1_000 - Number(timestamp)) <= windowSeconds ? 'ok' : 'late';
}

function signatureOf(timestamp: string, body: string | Uint8Array, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`;
}
