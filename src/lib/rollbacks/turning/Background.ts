/** Work outside of state that a turn begins and a later turn takes up: what it came to is kept until somebody asks. */

export interface Doing {
  readonly signal: AbortSignal;
  readonly progress: (detail: string) => void;
}

export type Came<T> =
  { readonly is: 'done'; readonly value: T } | { readonly is: 'failed'; readonly error: unknown };

interface Work<T> {
  readonly abort: AbortController;
  readonly ended: Promise<void>;
  detail: string | undefined;
  came: Came<T> | undefined;
}

/** Past its deadline it is given up, whether or not it lets go. */
export class TookTooLong extends Error {
  public constructor(public readonly deadlineMs: number) {
    super(`It took longer than ${deadlineMs} ms.`);
    this.name = new.target.name;
  }
}

export interface BackgroundOptions {
  /** Calls back once after so many ms of real time, unless cancelled before. */
  readonly after: (ms: number, callback: () => void) => { cancel(): void };
  /** Something came to its end. */
  readonly ended: () => void;
}

export class Background<T> {
  private readonly works = new Map<string, Work<T>>();

  public constructor(private readonly options: BackgroundOptions) {}

  /** @param deadlineMs real time; then the signal is given, and it has failed */
  public start(key: string, deadlineMs: number, run: (doing: Doing) => Promise<T>): void {
    const abort = new AbortController();
    const work: Work<T> = { abort, ended: Promise.resolve(), detail: undefined, came: undefined };
    const come = (came: Came<T>): void => {
      // What was let go, and what comes after its deadline, is nobody's any more.
      if (work.came !== undefined || this.works.get(key) !== work) return;
      work.came = came;
      this.options.ended();
    };
    const timer = this.options.after(deadlineMs, () => {
      come({ is: 'failed', error: new TookTooLong(deadlineMs) });
      abort.abort();
    });
    const doing: Doing = { signal: abort.signal, progress: (detail) => (work.detail = detail) };
    this.works.set(key, work);
    const ended = Promise.resolve()
      .then(() => run(doing))
      .then(
        (value) => come({ is: 'done', value }),
        (error: unknown) => come({ is: 'failed', error }),
      )
      .finally(() => timer.cancel());
    this.works.set(key, Object.assign(work, { ended }));
  }

  public has(key: string): boolean {
    return this.works.has(key);
  }

  /** What it said last of how far it is. */
  public detail(key: string): string | undefined {
    return this.works.get(key)?.detail;
  }

  /** What it came to; undefined while it is under way, or where there is none. */
  public came(key: string): Came<T> | undefined {
    return this.works.get(key)?.came;
  }

  /** What it came to was written down. */
  public forget(key: string): void {
    this.works.delete(key);
  }

  /** Lets everything go; resolves when nothing of it is still at work. */
  public async rest(): Promise<void> {
    const works = [...this.works.values()];
    this.works.clear();
    for (const { abort } of works) abort.abort();
    await Promise.all(works.map(({ ended }) => ended));
  }
}
