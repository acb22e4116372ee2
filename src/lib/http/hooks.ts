/** The routes of hooks: POST only, a body of limited size, whether or not its length is told, and every end counted. */
import type { Hono } from 'hono';
import type { CountHook, Hooks } from './Hook.js';
import { refusal } from './refusal.js';

export interface HookRoutes {
  /** By path. @default none */
  readonly hooks?: Hooks;
  readonly countHook?: CountHook;
  /** How long a body may be on its way, ms. @default 10000 */
  readonly bodyWithinMs?: number;
}

const maxBodyBytes = 256 * 1024;

export function addHooks(
  app: Hono,
  { hooks = {}, countHook = () => undefined, bodyWithinMs = 10_000 }: HookRoutes,
): void {
  for (const [path, hook] of Object.entries(hooks)) {
    app.post(path, async (c) => {
      let outcome = 'broken';
      try {
        const body = await bodyOf(c.req.raw, bodyWithinMs);
        if (typeof body === 'string') {
          outcome = body;
          // What is still on its way is not waited for.
          c.header('Connection', 'close');
          const { status, why } = unread[body];
          return refusal(c, status, why);
        }
        const answer = await hook.take({ header: (name) => c.req.header(name), body });
        outcome = answer.outcome;
        if (answer.status === 503) c.header('Retry-After', '5');
        return c.json(answer.body, answer.status);
      } finally {
        countHook(path, outcome);
      }
    });
    app.all(path, (c) => {
      countHook(path, 'wrong-method');
      c.header('Allow', 'POST');
      return refusal(c, 405, 'Only POST is answered here.');
    });
  }
}

/** Why a body was not read to its end. */
type Unread = 'too-large' | 'slow' | 'cut';

const unread = {
  'too-large': { status: 413, why: 'The body is larger than 256 KiB.' },
  slow: { status: 408, why: 'The body took too long to arrive.' },
  // Nobody is there any more who could read it.
  cut: { status: 400, why: 'The body ended before its time.' },
} as const satisfies Readonly<Record<Unread, { readonly status: number; readonly why: string }>>;

async function bodyOf(request: Request, withinMs: number): Promise<Uint8Array | Unread> {
  const told = Number(request.headers.get('content-length') ?? 0);
  if (told > maxBodyBytes) return 'too-large';
  const reader = request.body?.getReader();
  if (reader === undefined) return new Uint8Array(0);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'slow'>((resolve) => {
    timer = setTimeout(() => resolve('slow'), withinMs);
  });
  const body = await Promise.race([readWhole(reader), late]);
  clearTimeout(timer);
  // A sender who is gone already cannot be told; who is slow, or sends too much, is not listened to any more.
  if (typeof body === 'string') reader.cancel().catch(() => undefined);
  return body;
}

async function readWhole(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<Uint8Array | 'too-large' | 'cut'> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => ({ done: true, value: 'cut' }) as const);
    if (value === 'cut') return value;
    if (done) return Buffer.concat(chunks, size);
    size += value.length;
    if (size > maxBodyBytes) return 'too-large';
    chunks.push(value);
  }
}
