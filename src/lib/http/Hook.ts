/** A route that takes what other programs post: what it is given, and what it answers. */

export interface HookRequest {
  /** Undefined where it is absent. */
  readonly header: (name: string) => string | undefined;
  /** As it came, not parsed. */
  readonly body: Uint8Array;
}

export interface HookAnswer {
  readonly status: 200 | 400 | 401 | 409 | 503;
  /** For the caller: no secrets, nothing internal. */
  readonly body: {
    readonly ok: boolean;
    readonly code?: string;
    readonly message: string;
    readonly next?: string;
  };
  /** For the metrics: `taken`, `replayed`, `unsigned`. */
  readonly outcome: string;
}

export interface Hook {
  /** What it throws is logged, and answered with 500 and nothing more. */
  take(request: HookRequest): Promise<HookAnswer>;
}

/** By path. */
export type Hooks = Readonly<Record<string, Hook>>;

/** Told of every request to a hook, however it ended. */
export type CountHook = (path: string, outcome: string) => void;
