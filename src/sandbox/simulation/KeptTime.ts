/** Keeps where domain time is, so that a sandbox that ran ahead of the machine's clock goes on there and not days before. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Simulation } from './Simulation.js';

const kept = z.object({ domainAt: z.number() });
/** What a killed sandbox may lose, ms of real time. */
const everyMs = 1_000;

export class KeptTime {
  private readonly file: string;
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();

  public constructor(
    private readonly simulation: Simulation,
    private readonly dataDir: string,
    private readonly warn: (line: string) => void,
  ) {
    this.file = join(dataDir, 'sandbox-time.json');
  }

  /** Goes on where the last sandbox on this folder was, unless the machine's clock is later by now. */
  public async start(): Promise<void> {
    const text = await readFile(this.file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    const domainAt = parse(text);
    if (domainAt !== undefined && domainAt > this.simulation.domainNow())
      this.simulation.continueFrom(domainAt);
    this.timer = setInterval(() => this.keep(), everyMs).unref();
  }

  public async stop(): Promise<void> {
    clearInterval(this.timer ?? undefined);
    this.keep();
    await this.writing;
  }

  private keep(): void {
    this.writing = this.writing
      .then(() => this.write())
      .catch((error: unknown) => {
        this.warn(`The sandbox's time cannot be kept in ${this.file}: ${String(error)}`);
      });
  }

  private async write(): Promise<void> {
    await mkdir(this.dataDir, { recursive: true });
    await writeFile(`${this.file}.new`, JSON.stringify({ domainAt: this.simulation.domainNow() }));
    await rename(`${this.file}.new`, this.file);
  }
}

/** A file that was cut short by a crash counts as none. */
function parse(text: string): number | undefined {
  try {
    return kept.safeParse(JSON.parse(text)).data?.domainAt;
  } catch {
    return undefined;
  }
}
