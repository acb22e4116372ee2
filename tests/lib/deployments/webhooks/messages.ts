/** Messages to `/hooks/deployments`, signed as a CI would. */
import {
  sign,
  signatureHeader,
  timestampHeader,
} from '../../../../src/lib/deployments/webhooks/signature.js';

export const secret = 'between-ci-and-the-bot';
/** Real time, ms since epoch. */
export const signedAt = 1_800_000_000_000;

export function signed(event: object | string, { at = signedAt, key = secret } = {}) {
  const text = typeof event === 'string' ? event : JSON.stringify(event);
  const { timestamp, signature } = sign(text, key, at);
  return withHeaders(text, { [timestampHeader]: timestamp, [signatureHeader]: signature });
}

export function withHeaders(text: string, headers: Readonly<Record<string, string>>) {
  return { header: (name: string) => headers[name], body: new TextEncoder().encode(text) };
}
