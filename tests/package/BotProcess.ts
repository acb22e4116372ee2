/** One of the bots of `bots/` in a process of its own. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface Answer {
  readonly isEnabled: boolean;
  readonly position: number;
}

export class BotProcess {
  private output = '';

  private constructor(private readonly child: ChildProcess) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.output += text));
    }
  }

  public static start(
    script: string,
    cwd: string,
    environment: Readonly<Record<string, string>>,
  ): BotProcess {
    const env = { PATH: process.env['PATH'] ?? '', ...environment };
    return new BotProcess(fork(script, { cwd, env, silent: true, execArgv: [] }));
  }

  /** The next thing that the bot says to its parent; fails with all that it wrote where it ends instead. */
  public async next(): Promise<unknown> {
    const gone = new AbortController();
    const ended = once(this.child, 'exit', { signal: gone.signal }).then(([code]) => {
      throw new Error(`The bot ended with exit code ${String(code)}:\n${this.output}`);
    });
    const said = once(this.child, 'message', { signal: gone.signal }).then(([message]) => message as unknown);
    try {
      return await Promise.race([said, ended]);
    } finally {
      gone.abort();
      await Promise.allSettled([said, ended]);
    }
  }

  public async ask(flag: string, guildId: string): Promise<Answer> {
    this.child.send({ flag, guildId });
    return (await this.next()) as Answer;
  }

  /** Answers all that the bot wrote. */
  public async stop(): Promise<string> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill('SIGTERM');
      await ended;
    }
    return this.output;
  }
}
