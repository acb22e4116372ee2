import type { IncomingMessage } from 'node:http';

const local = /^(127\.0\.0\.1|localhost|\[::1])(:\d+)?$/;

/** Refuses pages of other sites that try to reach the sandbox through the browser of someone who runs it. */
export function isLocal({ headers: { host = '', origin } }: IncomingMessage): boolean {
  if (!local.test(host)) return false;
  return origin === undefined || origin === `http://${host}`;
}
