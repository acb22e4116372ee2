/** The state as it was last seen, kept on the local disk: what is served when a process starts while the store is away. */
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../core/ids.js';
import { namespaces, type Documents, type LoadedState, type StoredDocument } from './Store.js';

/** In the file: SHA-256 (hex), a line break, and this as JSON. */
interface Kept extends Omit<LoadedState, 'documents'> {
  readonly documents: Readonly<Record<string, readonly (readonly [string, StoredDocument])[]>>;
}

export class LastKnown {
  private readonly path: string;
  /** The save that is under way, so that two never overtake each other. */
  private saving: Promise<void> = Promise.resolve();

  public constructor(
    private readonly dataDir: string,
    prefix: string,
  ) {
    this.path = join(dataDir, `${prefix}.last-known`);
  }

  /** Replaces what was kept, whole or not at all. Rejects where the disk refuses. */
  public async save(state: LoadedState): Promise<void> {
    const mine = this.saving.catch(() => undefined).then(() => this.write(state));
    this.saving = mine;
    return mine;
  }

  /** Undefined where nothing was kept or what was kept is damaged. */
  public async load(): Promise<LoadedState | undefined> {
    let content: string;
    try {
      content = await readFile(this.path, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
    const [sum, json] = [content.slice(0, 64), content.slice(65)];
    if (sum !== sha256(json)) return undefined;
    const { documents, ...rest } = JSON.parse(json) as Kept;
    return {
      ...rest,
      documents: Object.fromEntries(
        namespaces.map((ns) => [ns, new Map(documents[ns] ?? [])]),
      ) as unknown as Documents,
    };
  }

  private async write(state: LoadedState): Promise<void> {
    const documents = Object.fromEntries(namespaces.map((ns) => [ns, [...state.documents[ns]]]));
    const json = JSON.stringify({ ...state, documents } satisfies Kept);
    await mkdir(this.dataDir, { recursive: true });
    const beside = `${this.path}.${newId(8)}.tmp`;
    try {
      const file = await open(beside, 'w', 0o600);
      try {
        await file.writeFile(`${sha256(json)}\n${json}`);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(beside, this.path);
    } finally {
      await rm(beside, { force: true });
    }
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
