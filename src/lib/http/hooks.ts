/** The routes of hooks: POST only, a body of limited size, chunked or not, and every end counted. */
import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { CountHook, Hooks } from './Hook.js';
import { refusal } from './refusal.js';

export interface HookRoutes {
  readonly hooks?: Hooks;
  readonly countHook?: CountHook;
}

const maxBodyBytes = 256 * 1024;

export function addHooks(app: Hono, { hooks = {}, countHook = () => undefined }: HookRoutes): void {
  for (const [path, hook] of Object.entries(hooks)) {
    const limit = bodyLimit({
      maxSize: maxBodyBytes,
      onError: (c) => {
        countHook(path, 'too-large');
        // What is still on its way is not waited for.
        c.header('Connection', 'close');
        return refusal(c, 413, 'The body is larger than 256 KiB.');
      },
    });
    app.post(path, limit, async (c) => {
      let outcome = 'broken';
      try {
        const body = new Uint8Array(await c.req.arrayBuffer());
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
