/** The routes of hooks: POST only, a body of limited size, whether or not its length is told, and every end counted. */
import type { Hono } from 'hono';
import type { CountHook, Hooks } from './Hook.js';
import { refusal } from './refusal.js';

export interface HookRoutes {
  readonly hooks?: Hooks;
  readonly countHook?: CountHook;
}

const maxBodyBytes = 256 * 1024;

export function addHooks(app: Hono, { hooks = {}, countHook = () => undefined }: HookRoutes): void {
  for (const [path, hook] of Object.entries(hooks)) {
    app.post(path, async (c) => {
      let outcome = 'broken';
      try {
        const body = await bodyOf(c.req.raw);
        if (body === undefined) {
          outcome = 'too-large';
          // What is still on its way is not waited for.
          c.header('Connection', 'close');
          return refusal(c, 413, 'The body is larger than 256 KiB.');
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
      c.header('Allow', 'POST');
      return refusal(c, 405, 'Only POST is answered here.');
    });
  }
}

/** Undefined where it is too large: then it is not read to its end. */
async function bodyOf(request: Request): Promise<Uint8Array | undefined> {
  const told = Number(request.headers.get('content-length') ?? 0);
  if (told > maxBodyBytes) return undefined;
  const stream = request.body as AsyncIterable<Uint8Array> | null;
  if (stream === null) return new Uint8Array(0);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}
