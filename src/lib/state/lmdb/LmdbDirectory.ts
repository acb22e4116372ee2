import type { DirectoryBlobs } from '../Store.js';
import type { LmdbFile } from './LmdbFile.js';

export class LmdbDirectory implements DirectoryBlobs {
  public constructor(
    private readonly file: LmdbFile,
    private readonly now: () => number,
  ) {}

  public async put(owner: string, blob: Uint8Array): Promise<void> {
    const base64 = Buffer.from(blob).toString('base64');
    await this.file.write(() => {
      this.file.put(['blob', owner], JSON.stringify({ at: this.now(), base64 }));
    });
  }

  public async all(): Promise<readonly { owner: string; at: number; blob: Uint8Array }[]> {
    this.file.refresh();
    return [...this.file.rows(['blob'])].map(({ key, value }) => {
      const { at, base64 } = JSON.parse(value) as { at: number; base64: string };
      return { owner: String(key[1]), at, blob: Buffer.from(base64, 'base64') };
    });
  }

  public async remove(owner: string): Promise<void> {
    await this.file.write(() => {
      this.file.remove(['blob', owner]);
    });
  }
}
