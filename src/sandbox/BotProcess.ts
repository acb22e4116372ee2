/** Keeps the bot running as a child process: its output goes to a log file, a crash is followed by a new start. */
import { fork, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { BotState } from './pageApi.js';

export interface BotProcessOptions {
  /** The program; it says `ready` over IPC once its commands are known to Discord. */
  readonly script: string;
  /** Asked for at every start. */
  readonly env: () => NodeJS.ProcessEnv;
  readonly logFile: string;
  readonly onState: (state: BotState) => void;
  /** How long the first start may take, ms. */
  readonly readyWithinMs?: number;
  /** The pause after the first crash, ms; doubles with each until the bot is ready again. */
  readonly firstRetryMs?: number;
}

/** The bot could not be started; `message` says why and where to look. */
export class BotStartError extends Error {
  public constructor(message: string) {
    super(message);
    this.name = 'BotStartError';
  }
}

const longestRetryMs = 30_000;
/** Longer than the bot itself takes to give up on a clean stop. */
const stopWithinMs = 9_000;
const shownLines = 15;

export class BotProcess {
  private child: ChildProcess | null = null;
  /** Settles when the last child is gone and its output is written. */
  private closed: Promise<unknown> = Promise.resolve();
  private readonly log: WriteStream;
  private isStopping = false;
  private crashes = 0;
  private retry: NodeJS.Timeout | null = null;

  public constructor(private readonly options: BotProcessOptions) {
    mkdirSync(dirname(options.logFile), { recursive: true });
    this.log = createWriteStream(options.logFile);
  }

  /** Resolves when the bot is ready; rejects with {@link BotStartError} where it ends or takes too long before that. */
  public async start(): Promise<void> {
    this.options.onState({ state: 'starting', detail: 'The bot starts.' });
    const child = this.spawn();
    const limit = this.options.readyWithinMs ?? 50_000;
    const outcome = await new Promise<'ready' | 'ended' | 'late'>((resolve) => {
      const timer = setTimeout(() => resolve('late'), limit);
      const settle = (result: 'ready' | 'ended'): void => {
        clearTimeout(timer);
        resolve(result);
      };
      child.on('message', (message) => message === 'ready' && settle('ready'));
      child.once('exit', () => settle('ended'));
    });
    if (outcome === 'ready') return this.watch(child);
    const what =
      outcome === 'late'
        ? `The bot was not ready within ${Math.round(limit / 1000)} s.`
        : `The bot ended before it was ready (exit code ${child.exitCode ?? child.signalCode}).`;
    await this.stop();
    throw new BotStartError(
      `${what} Its log is in ${this.options.logFile}; the last lines:\n${await this.lastLines()}`,
    );
  }

  /** Says something to the bot, over IPC; nothing where it does not run. */
  public send(message: object): void {
    // A bot that ends just now is told by the environment of its next start.
    if (this.child?.connected) this.child.send(message, () => undefined);
  }

  /** Asks the bot to end, and ends it where it does not. */
  public async stop(): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.retry ?? undefined);
    const kill = setTimeout(() => this.child?.kill('SIGKILL'), stopWithinMs);
    this.child?.kill('SIGTERM');
    await this.closed;
    clearTimeout(kill);
    if (!this.log.writableFinished) {
      this.log.end();
      await once(this.log, 'close');
    }
  }

  private spawn(): ChildProcess {
    const stdio: StdioOptions = ['ignore', 'pipe', 'pipe', 'ipc'];
    const child = fork(this.options.script, { env: this.options.env(), execArgv: [], stdio });
    this.child = child;
    this.closed = once(child, 'close');
    child.stdout?.pipe(this.log, { end: false });
    child.stderr?.pipe(this.log, { end: false });
    return child;
  }

  private watch(child: ChildProcess): void {
    this.crashes = 0;
    this.options.onState({ state: 'ready', detail: 'The bot is ready.' });
    if (child.exitCode !== null || child.signalCode !== null) return this.restart(child);
    child.once('exit', () => this.restart(child));
  }

  private restart(ended: ChildProcess): void {
    if (this.isStopping) return;
    const pauseMs = Math.min((this.options.firstRetryMs ?? 1_000) * 2 ** this.crashes, longestRetryMs);
    this.crashes += 1;
    const how = `exit code ${ended.exitCode ?? ended.signalCode}`;
    const detail = `The bot ended (${how}); it starts again in ${Math.ceil(pauseMs / 1000)} s. Its log is in ${this.options.logFile}.`;
    this.log.write(`${detail}\n`);
    this.options.onState({ state: 'restarting', detail });
    this.retry = setTimeout(() => {
      const child = this.spawn();
      const again = (): void => this.restart(child);
      child.once('exit', again);
      child.on('message', (message) => {
        if (message !== 'ready') return;
        child.off('exit', again);
        this.watch(child);
      });
    }, pauseMs);
  }

  private async lastLines(): Promise<string> {
    const lines = (await readFile(this.options.logFile, 'utf8')).trimEnd().split('\n');
    return lines.slice(-shownLines).join('\n');
  }
}
