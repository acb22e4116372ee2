/** Moves a counter and looks for it where Prometheus would. */
import type { SmokeFinding } from '../SmokeTest.js';
import { reasonOf } from './probeEndpoint.js';

export interface ProbeMetricsOptions {
  /** Moves the counter by one. */
  readonly move: () => void;
  /** The name of the counter. */
  readonly name: string;
  /** Where the HTTP server is; undefined where there is none. */
  readonly httpUrl: string | undefined;
  /** The same without a server. */
  readonly text: () => Promise<string>;
  readonly signal: AbortSignal;
}

export async function probeMetrics(options: ProbeMetricsOptions): Promise<SmokeFinding> {
  const { move, name, httpUrl, text, signal } = options;
  const where = httpUrl === undefined ? 'the metrics of this process (it has no HTTP server)' : '/metrics';
  const what = `${where} shows the counter that was just moved`;
  const read = async (): Promise<number | undefined> => {
    if (httpUrl === undefined) return valueIn(await text(), name);
    const response = await fetch(new URL('/metrics', httpUrl), { signal });
    return response.ok ? valueIn(await response.text(), name) : undefined;
  };
  try {
    const before = (await read()) ?? 0;
    move();
    const after = await read();
    // Somebody else may run the same test at the same time.
    const ok = after !== undefined && after > before;
    const detail = `${name} was ${before} and is ${after ?? 'not there'}. Whoever scrapes it sees the same.`;
    return { what, ok, detail: ok ? '' : detail };
  } catch (error) {
    return { what, ok: false, detail: `It cannot be read: ${reasonOf(error)}.` };
  }
}

function valueIn(text: string, name: string): number | undefined {
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length + 1));
}
