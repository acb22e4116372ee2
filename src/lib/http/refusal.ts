import type { Context } from 'hono';

export function refusal(c: Context, status: 400 | 404 | 405 | 408 | 413 | 500, message: string): Response {
  return c.json({ ok: false, message }, status);
}
