import type { Blobs, BlobRoom, OwnedBlob } from '../Store.js';
import type { LmdbFile } from './LmdbFile.js';

export class LmdbBlobs implements Blobs {
  public constructor(
    private readonly file: LmdbFile,
    private readonly room: BlobRoom,
    private readonly now: () => number,
  ) {}

  public async put(owner: string, blob: Uint8Array): Promise<void> {
    const base64 = Buffer.from(blob).toString('base64');
    await this.file.write(() => {
      this.file.put(['blob', this.room, owner], JSON.stringify({ at: this.now(), base64 }));
    });
  }

  public async get(owner: string): Promise<OwnedBlob | undefined> {
    this.file.refresh();
    const text = this.file.get(['blob', this.room, owner]);
    return text === undefined ? undefined : owned(owner, text);
  }

  public async all(): Promise<readonly OwnedBlob[]> {
    this.file.refresh();
    return [...this.file.rows(['blob', this.room])].map(({ key, value }) => owned(String(key[2]), value));
  }

  public async remove(owner: string): Promise<void> {
    await this.file.write(() => {
      this.file.remove(['blob', this.room, owner]);
    });
  }
}

function owned(owner: string, text: string): OwnedBlob {
  const { at, base64 } = JSON.parse(text) as { at: number; base64: string };
  return { owner, at, blob: Buffer.from(base64, 'base64') };
}
