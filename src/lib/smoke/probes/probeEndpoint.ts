/** Asks one HTTP endpoint that the bot or its people depend on. */
import type { Clock } from '../../core/Clock.js';
import type { SmokeFinding } from '../SmokeTest.js';

export interface Endpoint {
  /** As people know it. */
  readonly name: string;
  readonly url: string;
  /** The only status that is right. */
  readonly status: number;
  /** ms of real time. */
  readonly withinMs: number;
}

/** Never throws: what goes wrong is the finding. Redirects are answers of their own, and are not followed. */
export async function probeEndpoint(
  { name, url, status, withinMs }: Endpoint,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<SmokeFinding> {
  const what = `${name} answers`;
  const began = clock.now();
  try {
    const response = await fetch(url, {
      signal: AbortSignal.any([signal, AbortSignal.timeout(withinMs)]),
      redirect: 'manual',
      headers: { 'user-agent': 'sapphire-plugin-rollouts smoke test' },
    });
    await response.body?.cancel();
    const ok = response.status === status;
    const detail = `It answered ${response.status} after ${clock.now() - began} ms, ${status} was expected.`;
    return { what, ok, detail: ok ? '' : `${detail} Look at it, or correct deployments.yaml.` };
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError';
    const why = isLate
      ? `It did not answer within ${withinMs} ms.`
      : `It cannot be reached: ${reasonOf(error)}.`;
    return { what, ok: false, detail: why };
  }
}

/** What `fetch` says is "fetch failed"; what it means stands in the cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
