/** Is one version of the bot up? From PM2's list and its processes' own /readyz. */
import type { Pm2App } from '../../file/DeploymentsFile.js';
import type { Pm2Process } from './Pm2.js';

/** Where nothing but PM2 can be asked: a process that dies at once is `online` for a moment, too. */
const settledMs = 3_000;
const askMs = 2_000;

export type ReadinessProbe = (url: string, signal: AbortSignal) => Promise<string | null>;

export interface Readiness {
  /** What is missing, a few words each; empty = ready. */
  readonly missing: readonly string[];
  /** Processes that PM2 has given up on: waiting does not help them. */
  readonly givenUp: readonly Pm2Process[];
}

/** @param now real time, ms since epoch */
export async function readinessOf(
  app: Pm2App,
  all: readonly Pm2Process[],
  { probe, now, signal }: { probe: ReadinessProbe; now: number; signal: AbortSignal },
): Promise<Readiness> {
  const missing: string[] = [];
  for (const name of app.names) {
    const online = all.filter((one) => one.name === name && one.status === 'online');
    const settled = online.filter(({ since }) => app.ready.length > 0 || now - (since ?? now) >= settledMs);
    if (online.length < app.instances)
      missing.push(`${name} has ${online.length} of ${processes(app.instances)} online`);
    else if (settled.length < app.instances) missing.push(`${name} has only just started`);
  }
  if (missing.length === 0) {
    const answers = await Promise.all(app.ready.map(async (url) => ({ url, why: await probe(url, signal) })));
    for (const { url, why } of answers) if (why !== null) missing.push(`${url} ${why}`);
  }
  const givenUp = all.filter(({ name, status }) => app.names.includes(name) && status === 'errored');
  return { missing, givenUp };
}

export function processes(count: number): string {
  return count === 1 ? '1 process' : `${count} processes`;
}

/** Null where it answers 200; else what it does instead, to be read after the address. */
export async function askReadyz(url: string, signal: AbortSignal): Promise<string | null> {
  try {
    const response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(askMs)]),
    });
    await response.body?.cancel();
    return response.status === 200 ? null : `answers ${response.status}`;
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError')
      return `does not answer within ${askMs / 1_000} s`;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return `does not answer (${cause instanceof Error ? cause.message : String(cause)})`;
  }
}
