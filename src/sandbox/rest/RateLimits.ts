/** Discord's rate limit headers. The limits are wide by default; a test that wants a real one sets it. */
import { createHash } from 'node:crypto';

export interface RateLimit {
  readonly limit: number;
  readonly perMs: number;
}

interface Window {
  startedAt: number;
  used: number;
}

export interface RateAnswer {
  readonly headers: Readonly<Record<string, string>>;
  /** Where the limit is used up: how long to wait, ms. */
  readonly retryAfterMs: number | null;
}

const wide: RateLimit = { limit: 10_000, perMs: 1_000 };

export class RateLimits {
  private readonly windows = new Map<string, Window>();
  private readonly hashes = new Map<string, string>();
  private limits: { readonly route: RegExp; readonly limit: RateLimit }[] = [];

  /** Limits every route (as `POST /channels/:channel/messages`) that matches, per channel or guild. */
  public set(route: RegExp, limit: RateLimit): void {
    this.limits.push({ route, limit });
  }

  /** Counts one request. `route`: method and pattern; `major`: the channel, guild or webhook that has a limit of its own. */
  public count(route: string, major: string): RateAnswer {
    const { limit, perMs } = this.limits.find((one) => one.route.test(route))?.limit ?? wide;
    const key = `${route} ${major}`;
    const now = Date.now();
    let window = this.windows.get(key);
    if (!window || now - window.startedAt >= perMs) {
      window = { startedAt: now, used: 0 };
      this.windows.set(key, window);
    }
    const resetInMs = window.startedAt + perMs - now;
    const isUsedUp = window.used >= limit;
    if (!isUsedUp) window.used += 1;
    return {
      retryAfterMs: isUsedUp ? resetInMs : null,
      headers: {
        'x-ratelimit-bucket': this.bucket(route),
        'x-ratelimit-limit': String(limit),
        'x-ratelimit-remaining': String(limit - window.used),
        'x-ratelimit-reset': ((now + resetInMs) / 1000).toFixed(3),
        'x-ratelimit-reset-after': (resetInMs / 1000).toFixed(3),
      },
    };
  }

  private bucket(route: string): string {
    const known = this.hashes.get(route);
    if (known) return known;
    const hash = createHash('sha256').update(route).digest('hex').slice(0, 32);
    this.hashes.set(route, hash);
    return hash;
  }
}
