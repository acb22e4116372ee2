/**
 * Asks Prometheus, or what speaks its HTTP API (Thanos, Mimir, VictoriaMetrics), for one number at one time.
 * API: https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries
 */
import { z } from 'zod';

export interface PrometheusOptions {
  /** Address of the server, with its path prefix where it has one; `user:password@` becomes basic authentication. */
  readonly url: string;
  /** Bearer token. */
  readonly token?: string;
  /** Real time; an answer that takes longer is no data. @default 5000 */
  readonly timeoutMs?: number;
}

/** The number, or why there is none. */
export type Sample = { readonly value: number } | { readonly why: string };

/** One number is a few hundred bytes; whatever is larger is not the answer to such a question. */
const largestAnswer = 64 * 1024;

const sample = z.tuple([z.number(), z.string()]);
const answer = z.object({
  status: z.literal('success'),
  warnings: z.array(z.string()).optional(),
  data: z.discriminatedUnion('resultType', [
    z.object({ resultType: z.literal('scalar'), result: sample }),
    z.object({ resultType: z.literal('vector'), result: z.array(z.object({ value: sample })) }),
  ]),
});
const failure = z.object({ status: z.literal('error'), error: z.string() });

export class PrometheusClient {
  private readonly endpoint: URL;
  private readonly headers: Readonly<Record<string, string>>;
  private readonly timeoutMs: number;

  public constructor({ url, token, timeoutMs = 5_000 }: PrometheusOptions) {
    const { endpoint, authorization } = taken(url, token);
    this.endpoint = endpoint;
    this.headers = authorization === undefined ? {} : { authorization };
    this.timeoutMs = timeoutMs;
  }

  /** @param at real time, ms since epoch. Never rejects. */
  public async ask(query: string, at: number): Promise<Sample> {
    try {
      const response = await fetch(this.endpoint, {
        method: 'POST',
        headers: this.headers,
        body: new URLSearchParams({
          query,
          time: (at / 1000).toFixed(3),
          timeout: `${this.timeoutMs}ms`,
        }),
        // Where it is asked is the plan's to say, not the server's: a redirect could lead a token elsewhere.
        redirect: 'error',
        signal: AbortSignal.timeout(this.timeoutMs),
      });
      return understood(response.status, await limited(response));
    } catch (error) {
      return { why: this.failed(error) };
    }
  }

  private failed(error: unknown): string {
    if (error instanceof Error && error.name === 'TimeoutError')
      return `it did not answer within ${this.timeoutMs / 1000} s`;
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return `it could not be asked (${cause instanceof Error ? cause.message : String(cause)})`;
  }
}

/** fetch refuses addresses that carry a password. */
function taken(url: string, token: string | undefined): { endpoint: URL; authorization: string | undefined } {
  const endpoint = new URL(url);
  const { username, password } = endpoint;
  endpoint.username = '';
  endpoint.password = '';
  endpoint.pathname = `${endpoint.pathname.replace(/\/+$/, '')}/api/v1/query`;
  if (token !== undefined) return { endpoint, authorization: `Bearer ${token}` };
  if (username === '') return { endpoint, authorization: undefined };
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { endpoint, authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
}

async function limited(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk as Uint8Array);
    bytes += (chunk as Uint8Array).length;
    if (bytes > largestAnswer) throw new Error(`its answer is larger than ${largestAnswer / 1024} KiB`);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function understood(status: number, body: string): Sample {
  const json = parsed(body);
  const failed = failure.safeParse(json);
  if (failed.success) return { why: `it answered: ${failed.data.error.slice(0, 200)}` };
  if (status < 200 || status > 299) return { why: `it answered with HTTP ${status}` };
  const read = answer.safeParse(json);
  if (!read.success) return { why: 'its answer is not one number' };
  const { data, warnings = [] } = read.data;
  // Part of the servers behind it did not answer: half of the errors would look like half as many.
  if (warnings.length > 0) return { why: `it warned: ${warnings.join('; ').slice(0, 200)}` };
  if (data.resultType === 'scalar') return finite(data.result[1]);
  const [only, ...others] = data.result;
  if (only === undefined)
    return { why: 'it knows no such series at that time ("or vector(0)" where none means 0)' };
  if (others.length > 0)
    return { why: `it answered ${data.result.length} series where one is expected; sum() makes them one` };
  return finite(only.value[1]);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // What is no JSON is no answer, and is said as such.
    return undefined;
  }
}

/** Prometheus writes numbers as text, among them "NaN" (nothing divided by nothing) and "+Inf". */
function finite(text: string): Sample {
  const value = text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) ? { value } : { why: `it answered ${text === '' ? 'nothing' : text}` };
}
