/** What the HTTP server answers. It knows no other room: it is told what to ask. */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { secureHeaders } from 'hono/secure-headers';
import type { Logger } from '../core/Logger.js';
import type { Check } from './Check.js';
import { addHooks, type HookRoutes } from './hooks.js';
import { refusal } from './refusal.js';

/** Metrics in Prometheus' text format. */
export interface MetricsText {
  readonly contentType: string;
  text(): Promise<string>;
}

export interface AppOptions extends HookRoutes {
  /** Everything that must be well for this process to be ready; asked anew for every request to /readyz. */
  readonly ready: () => Promise<readonly Check[]>;
  readonly metrics: MetricsText;
  readonly logger: Logger;
  /** How long the checks may take before the answer is "not ready", ms. @default 2000 */
  readonly readyWithinMs?: number;
}

/** Only hooks take a body, and have a limit of their own. */
const maxBodyBytes = 64 * 1024;

/**
 * `/livez`: the process answers. `/readyz`: 200 or 503 with `{ ok, checks }`. `/metrics`: Prometheus. Errors are logged, and
 * the caller learns nothing of them but the status.
 */
export function createApp(options: AppOptions): Hono {
  const app = new Hono();
  app.use(secureHeaders());
  app.use(async (c, next) => {
    await next();
    c.header('Cache-Control', 'no-store');
  });
  addHooks(app, options);
  app.use(bodyLimit({ maxSize: maxBodyBytes, onError: (c) => refusal(c, 413, 'The body is too large.') }));

  app.get('/livez', (c) => c.json({ ok: true }));
  app.get('/readyz', async (c) => {
    const checks = await checksWithin(options);
    const ok = checks.every((check) => check.ok);
    return c.json({ ok, checks }, ok ? 200 : 503);
  });
  app.get('/metrics', async (c) =>
    c.body(await options.metrics.text(), 200, { 'Content-Type': options.metrics.contentType }),
  );

  for (const path of ['/livez', '/readyz', '/metrics']) {
    app.all(path, (c) => {
      c.header('Allow', 'GET, HEAD');
      return refusal(c, 405, 'Only GET and HEAD are answered here.');
    });
  }
  app.notFound((c) => refusal(c, 404, 'There is nothing here.'));
  app.onError((error, c) => {
    options.logger.error(`${c.req.method} ${c.req.path} failed`, error);
    return refusal(c, 500, 'Something went wrong; the log of the bot says what.');
  });
  return app;
}

async function checksWithin({ ready, readyWithinMs = 2_000 }: AppOptions): Promise<readonly Check[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly Check[]>((resolve) => {
    const why = `The checks took longer than ${readyWithinMs} ms.`;
    timer = setTimeout(() => resolve([{ name: 'checks', ok: false, why }]), readyWithinMs);
  });
  try {
    return await Promise.race([ready(), late]);
  } finally {
    clearTimeout(timer);
  }
}
