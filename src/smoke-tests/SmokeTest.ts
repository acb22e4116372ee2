/** A smoke test as a piece: something that is tried in the running bot, with a time limit, and explains itself where it fails. */
import { Piece } from '@sapphire/framework';
import type { Smoke, SmokeContext, SmokeFinding } from '../lib/smoke/SmokeTest.js';

/** What a test may take where it does not say, ms of real time. */
const defaultTimeoutMs = 10_000;

export interface SmokeTestOptions extends Piece.Options {
  /** One line: what it shows. */
  readonly description?: string;
  /** `smoke`, `acceptance`, `monitoring`, or your own. @default ['smoke'] */
  readonly suites?: readonly string[];
  /** ms of real time. @default 10_000 */
  readonly timeoutMs?: number;
}

export type SmokeTestLoaderContext = Piece.LoaderContext<'smoke-tests'>;

/**
 * A host adds a test by a file in its `smoke-tests/` folder, or by `container.stores.loadPiece`. It is called as its file is.
 *
 * @example
 * export class DatabaseSmokeTest extends SmokeTest {
 *   public constructor(context: SmokeTestLoaderContext, options: SmokeTestOptions) {
 *     super(context, { ...options, description: 'The database answers a query' });
 *   }
 *
 *   public override async run() {
 *     const { rows } = await pool.query('select 1 as one');
 *     return [{ what: 'select 1', ok: rows[0].one === 1, detail: 'The database answered something else.' }];
 *   }
 * }
 */
export abstract class SmokeTest<Options extends SmokeTestOptions = SmokeTestOptions>
  extends Piece<Options, 'smoke-tests'>
  implements Smoke
{
  public readonly description: string;
  public readonly suites: readonly string[];
  public readonly timeoutMs: number;

  public constructor(context: SmokeTestLoaderContext, options: Options) {
    super(context, options);
    this.description = options.description ?? '';
    this.suites = options.suites ?? ['smoke'];
    this.timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  }

  /** Why there is nothing to look at here, as one sentence; undefined where there is. */
  public leftOut(): string | undefined {
    return undefined;
  }

  /** One finding for each thing that was looked at; none at all is a failure. May throw. */
  public abstract run(context: SmokeContext): Promise<readonly SmokeFinding[]>;
}
