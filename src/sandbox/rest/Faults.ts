/** Bad days on demand: answers 429, 500, 403, 404, … instead of doing what was asked, or holds requests back. */

export interface Fault {
  /** All methods where absent. */
  readonly method?: string;
  /** Matched against the path after `/api/v10`, such as `/channels/1/messages`. */
  readonly route: RegExp;
  readonly status: number;
  /** How often; once where absent. */
  readonly times?: number;
  /** For 429: how long to wait, ms. */
  readonly retryAfterMs?: number;
  /** For 429: the limit of the whole bot. */
  readonly global?: boolean;
  /** Instead of Discord's usual body for the status. */
  readonly body?: unknown;
}

export interface FaultAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

const bodies: Readonly<Record<number, { code: number; message: string }>> = {
  401: { code: 0, message: '401: Unauthorized' },
  403: { code: 50001, message: 'Missing Access' },
  404: { code: 10003, message: 'Unknown Channel' },
};

export class Faults {
  private pending: { readonly fault: Fault; left: number }[] = [];
  private gate: Promise<void> | null = null;
  private open: () => void = () => undefined;

  /** The next `times` requests that match get this answer. */
  public fail(fault: Fault): void {
    this.pending.push({ fault, left: fault.times ?? 1 });
  }

  /** Ends all faults that are still to come. */
  public heal(): void {
    this.pending = [];
  }

  /** Holds every request back until {@link resume}. */
  public pause(): void {
    this.gate ??= new Promise((resolve) => (this.open = resolve));
  }

  public resume(): void {
    this.open();
    this.gate = null;
  }

  public async wait(): Promise<void> {
    await this.gate;
  }

  public take(method: string, path: string): FaultAnswer | undefined {
    const hit = this.pending.find(
      ({ fault }) => (fault.method === undefined || fault.method === method) && fault.route.test(path),
    );
    if (!hit) return undefined;
    hit.left -= 1;
    if (hit.left <= 0) this.pending = this.pending.filter((one) => one !== hit);
    return answerFor(hit.fault);
  }
}

function answerFor({ status, retryAfterMs = 0, global = false, body }: Fault): FaultAnswer {
  if (status !== 429) {
    const usual = bodies[status] ?? {
      code: 0,
      message: `${status}: ${status >= 500 ? 'Internal Server Error' : 'Refused'}`,
    };
    return { status, body: body ?? usual, headers: {} };
  }
  const seconds = retryAfterMs / 1000;
  return {
    status,
    body: body ?? { message: 'You are being rate limited.', retry_after: seconds, global },
    headers: {
      // Discord rounds up to whole seconds here; a test need not wait that long.
      'retry-after': String(seconds),
      'x-ratelimit-reset-after': seconds.toFixed(3),
      'x-ratelimit-scope': global ? 'global' : 'user',
      ...(global ? { 'x-ratelimit-global': 'true' } : {}),
    },
  };
}
